/** Who must act on a stage now: the only people Gatehouse ever mentions (threats T45). */
import { judgeGate } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { holdersAt } from '../epic/holders-at.ts';
import { notTheirOwn } from '../epic/not-their-own.ts';
import { owedBy } from '../epic/outstanding.ts';
import { openQuestions } from '../epic/question.ts';
import { shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import type { Role } from '../workflow/definition.ts';

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

/** Who was chosen for what is still missing; nobody before there was a choice, everybody where it found nobody. */
const chosenFor = (stage: Stage, missing: readonly Role[]): readonly string[] | undefined => {
  if (!missing.every((role) => stage.asked?.[role] !== undefined)) return [];
  const logins = (stage.reviewers ?? [])
    .filter((one) => missing.includes(one.role))
    .map((one) => one.by.login);
  return logins.length === 0 ? undefined : logins;
};

const approversDue = (epic: OpenedEpic, stage: Stage, at: string): readonly string[] => {
  const { missing, wanted, consents } = judgeGate(epic, stage);
  if (missing.length === 0 || stage.timedOut !== undefined)
    return owedBy(epic, stage).map(({ login: name }) => name);
  const chosen = epic.rules.policy.reviewers === undefined ? undefined : chosenFor(stage, missing);
  if (chosen !== undefined) return chosen;
  const waiting = consents.flatMap(({ by, not }) => (not === 'condition' ? [by.login.toLowerCase()] : []));
  const names = wanted
    .flatMap((role) => holdersAt(epic.rules, role, at))
    .filter((name) => !waiting.includes(name.replace(/^@/, '').toLowerCase()));
  return notTheirOwn(epic, stage, names);
};

/** True while an approver waits for an answer before deciding. */
export const isAsked = (stage: Stage): boolean =>
  stage.status === 'in-review' && stage.override === undefined && openQuestions(stage).length > 0;

const namesDue = (epic: OpenedEpic, stage: Stage, at: string): readonly string[] => {
  if (epic.status !== 'running') return [];
  if (heldBy(epic, stage) !== undefined) return [];
  const status = shownStatus(stage);
  if (isAsked(stage))
    return stage.claimant === undefined
      ? holdersAt(epic.rules, stage.definition.role, at)
      : [stage.claimant.login];
  if (status === 'ready') return holdersAt(epic.rules, stage.definition.role, at);
  if (status === 'in-review' && stage.override === undefined) return approversDue(epic, stage, at);
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
 * Holders of the role while a stage is ready; of the roles still missing while its gate is open, without its claimant and the
 * authors of its pull requests where nobody may approve their own work; where only criteria or concerns are open those who settle them; the claimant after a
 * rejection and while a question is open. Nobody otherwise, and nobody while the epic or the stage is paused. `at`: who is away is
 * judged then; a body is painted as of when its stage came to where it is.
 */
export const due = (epic: OpenedEpic, stage: Stage, at: string = stage.since): Due =>
  mentioned(namesDue(epic, stage, at));
