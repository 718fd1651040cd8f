/** What people are told once when their work was gone back on: in one comment on the issue it was done in. */
import type { EpicEvent } from '../epic/events.ts';
import { roundIn, stageOf } from '../epic/object.ts';
import { pastRounds, roundOf } from '../epic/round-of.ts';
import { code } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { OpenedEpic, PastRound } from '../epic/state.ts';
import type { IssueRef } from '../epic/subject.ts';
import { approvalsOf } from './approvals-of.ts';
import { mentioned } from './due.ts';
import { neutral } from './neutral.ts';
import { wentBack } from './round-text.ts';

/** A comment on an issue of ours, and the name under which it is said once. */
export interface RoundNotice {
  readonly issue: IssueRef;
  readonly once: string;
  readonly text: string;
}

type Opened = Extract<EpicEvent, { type: 'IssueOpened' }>;

/** Whoever claimed or approved, but for the person who went back: they know. */
const concerned = (past: PastRound): string => {
  const { claimant, ended } = past;
  const people = [...(claimant === undefined ? [] : [claimant]), ...approvalsOf(past).map(({ by }) => by)];
  const { mentions, more } = mentioned(
    people.filter(({ id }) => id !== ended.by.id).map(({ login }) => login),
  );
  return mentions.length === 0 ? '' : `${mentions.join(' ')}${more > 0 ? ` and ${more} more` : ''}: `;
};

const ofStage = (epic: OpenedEpic, { object, issue }: Opened): RoundNotice | undefined => {
  const stage = findStage(epic, stageOf(object) ?? '');
  if (stage === undefined || roundIn(object) !== roundOf(stage)) return undefined;
  const past = pastRounds(stage).at(-1);
  if (past?.issue === undefined) return undefined;
  const { key } = stage.definition;
  return {
    issue: past.issue,
    once: `round/${key}/${roundOf(stage)}`,
    text: `${concerned(past)}${wentBack(past.ended)}\n\nRound ${past.round} of ${code(key)} stays as it was, and nothing of it counts any more: round ${roundOf(stage)} is #${issue.number}.`,
  };
};

const ofBatch = ({ former }: OpenedEpic, { issue }: Opened): RoundNotice | undefined => {
  if (former?.checklist === undefined || former.reason === undefined) return undefined;
  const why = former.reason === '' ? '' : `: ${neutral(former.reason)}`;
  return { issue: former.checklist, once: 'batch', text: `The next batch is #${issue.number}${why}` };
};

/** Said when the new round's issue is there, so that it can be named; undefined for first rounds. */
export const roundNotice = (epic: OpenedEpic, event: Opened): RoundNotice | undefined =>
  stageOf(event.object) === undefined ? ofBatch(epic, event) : ofStage(epic, event);
