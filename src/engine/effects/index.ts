/** The registry of effects: how each kind of promise is planned. */
import type { DuePromise } from '../../ledger/due.ts';
import { planLevel } from '../reconcile/level-epic.ts';
import { planSurvey } from '../reconcile/plan-survey.ts';
import { planAskReview } from './ask-review.ts';
import { planUnlinkedCheck } from './check.ts';
import { planChoice } from './choose.ts';
import { planGroup } from './group.ts';
import type { Job, Planning } from './job.ts';
import { planPaint } from './paint.ts';
import { planChecksAlone } from './plan-checks.ts';
import { planRefresh } from './refresh.ts';
import { planTick } from './tick.ts';
import { planReaction, planSaying } from './words.ts';

type Plan = (planning: Planning, promise: DuePromise) => Promise<Job> | Job;

const plans: Readonly<Record<string, Plan>> = {
  'ask-review': planAskReview,
  check: planUnlinkedCheck,
  checks: planChecksAlone,
  choose: planChoice,
  group: planGroup,
  react: planReaction,
  say: planSaying,
  paint: planPaint,
  refresh: planRefresh,
  reconcile: planLevel,
  level: planLevel,
  survey: planSurvey,
  'full-survey': planSurvey,
  tick: planTick,
};

/** How to plan a promise of this kind; undefined for one that only a newer version knows (threats F59). */
export const planFor = (kind: string): Plan | undefined => plans[kind];
