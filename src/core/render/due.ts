/** Who must act on a stage now: the only people Gatehouse ever mentions (threats T45). */
import { judgeGate } from '../epic/gate.ts';
import { holdersAt } from '../epic/holders-at.ts';
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

const approversDue = (epic: OpenedEpic, stage: Stage): readonly string[] => {
  const { missing } = judgeGate(epic, stage);
  const chosen = epic.rules.policy.reviewers === undefined ? undefined : chosenFor(stage, missing);
  if (chosen !== undefined) return chosen;
  const names = missing.flatMap((role) => holdersAt(epic.rules, role, stage.since));
  if (epic.rules.policy.selfApproval) return names;
  const own = stage.claimant?.login.toLowerCase();
  return names.filter((name) => name.replace(/^@/, '').toLowerCase() !== own);
};

const namesDue = (epic: OpenedEpic, stage: Stage): readonly string[] => {
  if (epic.status !== 'running') return [];
  const status = shownStatus(stage);
  if (status === 'ready') return holdersAt(epic.rules, stage.definition.role, stage.since);
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
 * nobody may approve their own work; the claimant after a rejection. Nobody otherwise, and nobody while the epic is paused.
 */
export const due = (epic: OpenedEpic, stage: Stage): Due => {
  return mentioned(namesDue(epic, stage));
};
