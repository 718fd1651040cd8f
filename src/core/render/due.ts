/** Who must act on a stage now: the only people Gatehouse ever mentions (threats T45). */
import { judgeGate } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { openQuestions } from '../epic/question.ts';
import { holdersOf } from '../epic/say-who.ts';
import { shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';

/** Live mentions, and how many names were left out beyond ten. */
export interface Due {
  readonly mentions: readonly string[];
  readonly more: number;
}

const mostMentions = 10;
const login = /^[a-z\d](?:[a-z\d-]{0,38})$/i;
const team = /^@[a-z\d][a-z\d-]{0,38}\/[a-z\d][\w.-]{0,99}$/i;

const mention = (name: string): string | undefined => {
  if (team.test(name)) return name;
  const bare = name.replace(/^@/, '');
  return login.test(bare) ? `@${bare}` : undefined;
};

const approversDue = (epic: OpenedEpic, stage: Stage): readonly string[] => {
  const names = judgeGate(epic, stage).missing.flatMap((role) => holdersOf(epic.rules, role));
  if (epic.rules.policy.selfApproval) return names;
  const own = stage.claimant?.login.toLowerCase();
  return names.filter((name) => name.replace(/^@/, '').toLowerCase() !== own);
};

/** True while an approver waits for an answer before deciding. */
export const isAsked = (stage: Stage): boolean =>
  stage.status === 'in-review' && stage.override === undefined && openQuestions(stage).length > 0;

const namesDue = (epic: OpenedEpic, stage: Stage): readonly string[] => {
  if (epic.status !== 'running') return [];
  if (heldBy(epic, stage) !== undefined) return [];
  const status = shownStatus(stage);
  if (isAsked(stage))
    return stage.claimant === undefined
      ? holdersOf(epic.rules, stage.definition.role)
      : [stage.claimant.login];
  if (status === 'ready') return holdersOf(epic.rules, stage.definition.role);
  if (status === 'in-review' && stage.override === undefined) return approversDue(epic, stage);
  if (status === 'in-progress' && stage.rejection !== undefined && stage.claimant !== undefined) {
    return [stage.claimant.login];
  }
  return [];
};

/** Names → live mentions, each once, ten at most. */
export const mentioned = (names: readonly string[]): Due => {
  const mentions = [...new Set(names.flatMap((name) => mention(name) ?? []))];
  return { mentions: mentions.slice(0, mostMentions), more: Math.max(0, mentions.length - mostMentions) };
};

/**
 * Holders of the role while a stage is ready; of the roles still missing while its gate is open, without its claimant where
 * nobody may approve their own work; the claimant after a rejection and while a question is open. Nobody otherwise, and nobody
 * while the epic or the stage is paused.
 */
export const due = (epic: OpenedEpic, stage: Stage): Due => {
  return mentioned(namesDue(epic, stage));
};
