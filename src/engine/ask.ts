/** Gathering the facts of a command: what only GitHub knows, asked at the moment of deciding (design rule 7). */
import type { EpicCommand, Facts, PullFacts } from '../core/epic/commands.ts';
import { checksAwaited } from '../core/epic/condition.ts';
import type { Person } from '../core/epic/person.ts';
import { pullsOf } from '../core/epic/stage.ts';
import type { OpenedEpic, Stage } from '../core/epic/state.ts';
import type { Role, StageDefinition, StageKey } from '../core/workflow/definition.ts';
import { isAway } from '../core/workflow/delegation.ts';
import { type RoleEntry, readMembers } from '../core/workflow/member.ts';
import { standardPolicy } from '../core/workflow/policy.ts';
import { checksNow } from '../github/facts/checks-now.ts';
import { type Held, heldNow } from '../github/facts/held-now.ts';
import type { Connection } from '../ledger/database.ts';
import { askPull } from './ask-pull.ts';
import { pinsOf } from './ledger-pins.ts';
import { type RepositoryRules, rulesOf } from './repository-rules.ts';
import type { Site } from './site.ts';

/** Who asks, when, and on whose behalf. */
export interface Asker {
  readonly on: Connection;
  readonly site: Site;
  readonly rules: RepositoryRules;
  /** Answers of this batch: what is decided within the same moment is asked once. */
  readonly asked?: Map<string, Promise<Held>>;
  /** Who is away, and who stands for them, is judged at this moment (ISO 8601). */
  readonly at: string;
}

/** Facts of a command for which nothing has to be asked. */
export const bareFacts = (by: Person, at: string, cause: string): Facts => ({
  by: { id: by.id, login: by.login, ...(by.nodeId === undefined ? {} : { nodeId: by.nodeId }) },
  at,
  cause,
  roles: [],
  canWrite: false,
  rules: { policy: standardPolicy, roles: [] },
  pulls: [],
  rolesOf: {},
});

/** The same, with the rules an epic already knows: for what GitHub answered or what happened there by itself. */
export const factsWithin = (epic: OpenedEpic, by: Person, at: string, cause: string): Facts => ({
  ...bareFacts(by, at, cause),
  rules: epic.rules,
});

/** A gate may name a person, `@login`: a role with that one holder, bound to their id like any other. */
const namedPeople = (relevant: readonly Role[]): readonly RoleEntry[] =>
  relevant
    .filter((name) => name.startsWith('@'))
    .map((name) => ({ role: name, members: readMembers([name]) }));

/** The roles a person holds now among those that matter, for themselves or for somebody who is away. */
export const askHeld = (
  asker: Asker,
  person: Person,
  relevant: readonly Role[],
  at: string = asker.at,
): Promise<Held> => {
  const { on, site, rules, asked } = asker;
  const { configuration } = rules;
  const delegations = (configuration.delegations ?? []).filter((one) => isAway(one, at));
  const key = JSON.stringify([site.known.id, person.id, [...relevant].sort(), delegations]);
  const known = asked?.get(key);
  if (known !== undefined) return known;
  const answer = heldNow(site.client, pinsOf(on, site.known.id), {
    entries: [...configuration.roles, ...namedPeople(relevant)],
    relevant,
    person,
    delegations,
  });
  asked?.set(key, answer);
  return answer;
};

/** The same, in whose place they hold them left out. */
export const askRoles = async (
  asker: Asker,
  person: Person,
  relevant: readonly Role[],
): Promise<readonly Role[]> => (await askHeld(asker, person, relevant)).roles;

/** Whoever approves, may stop the gate, or will be asked to where nobody answers in time. */
export const approversOf = ({ gate }: StageDefinition): readonly Role[] => {
  const { widenTo } = gate?.timeouts ?? {};
  return [...(gate?.approvers ?? []), ...(gate?.veto ?? []), ...(widenTo === undefined ? [] : [widenTo])];
};

/** The roles that can matter for a kind of command, on one stage or on any: only these are asked about. */
export const relevantRoles = (
  epic: OpenedEpic,
  rules: RepositoryRules,
  about: { readonly type?: EpicCommand['type']; readonly key?: StageKey | undefined } = {},
): readonly Role[] => {
  const { type, key } = about;
  const stages = epic.definition.stages.filter((stage) => key === undefined || stage.key === key);
  const doers = stages.map((stage) => stage.role);
  const approvers = stages.flatMap(approversOf);
  const waivers = stages.flatMap(({ gate }) => gate?.waivers ?? []);
  const { overrideRoles } = rules.configuration.policy;
  switch (type) {
    case 'Claim':
      // Beyond the limits of work in progress only overriders go.
      return [...new Set([...doers, ...(rules.configuration.policy.wip === undefined ? [] : overrideRoles)])];
    case 'AddEvidence':
    case 'Check':
    case 'AnswerQuestion':
      return [...new Set(doers)];
    case 'Retry':
      return [...new Set([...doers, ...overrideRoles])];
    case 'Submit':
    case 'Extend':
      return [];
    case 'Approve':
    case 'Reject':
    case 'Concern':
    case 'AskQuestion':
      return [...new Set(approvers)];
    case 'SetPriority':
      return [...new Set([...approvers, ...overrideRoles])];
    case 'AddStage':
      return [...new Set([...doers, ...approvers, ...overrideRoles])];
    case 'Block':
    case 'Unblock':
      return [...new Set([...doers, ...approvers])];
    case 'Waive':
      return [...new Set([...waivers, ...overrideRoles])];
    case undefined:
      return [...new Set([...doers, ...approvers, ...waivers, ...overrideRoles])];
    default:
      return overrideRoles;
  }
};

/** The open pull requests of a stage (of all stages, without one) as GitHub has them now. */
export const askPulls = (
  site: Site,
  epic: OpenedEpic,
  key?: StageKey,
  /** A check that is asked about for the first time. */
  check?: string,
): Promise<readonly PullFacts[]> => {
  const pulls = key === undefined ? epic.pulls : pullsOf(epic, key);
  const names = [...new Set([...checksAwaited(epic, key), ...(check === undefined ? [] : [check])])];
  return Promise.all(
    pulls
      .filter((pull) => pull.state === 'open')
      .map(async (pull) => {
        const now = await askPull(site, epic, pull);
        if (names.length === 0) return now;
        return { ...now, checks: await checksNow(site.client, site.ref, now.head, names) };
      }),
  );
};

/** Everybody whose approval or review of a stage (of all, without one) would count, with when they last said so. */
const consenting = (
  epic: OpenedEpic,
  stages: readonly Stage[],
): ReadonlyMap<number, { readonly by: Person; readonly at: string }> => {
  const said = stages.flatMap((stage) => [
    ...stage.approvals,
    ...pullsOf(epic, stage.definition.key).flatMap((pull) => pull.reviews),
  ]);
  const people = new Map<number, { readonly by: Person; readonly at: string }>();
  for (const { by, at } of said) {
    if ((people.get(by.id)?.at ?? '') <= at) people.set(by.id, { by, at });
  }
  return people;
};

/**
 * Roles, asked again, of everybody whose approval or review of a stage (of all, without one) would count. What was said in
 * somebody's place stays said when they are back, as long as they hold the role and the file says so.
 */
export const askRolesOfApprovers = async (
  asker: Asker,
  epic: OpenedEpic,
  key?: StageKey,
): Promise<Required<Pick<Facts, 'rolesOf' | 'insteadOf'>>> => {
  const stages = epic.stages.filter((stage) => key === undefined || stage.definition.key === key);
  // Whatever they said elsewhere is held against the same answer: it must not cost them a role nobody asked about.
  const approvers = [...new Set(epic.stages.flatMap((stage) => approversOf(stage.definition)))];
  const answers = await Promise.all(
    [...consenting(epic, stages).values()].map(
      async ({ by, at }) => [by.id, await askHeld(asker, by, approvers, at)] as const,
    ),
  );
  return {
    rolesOf: Object.fromEntries(answers.map(([id, { roles }]) => [id, roles])),
    insteadOf: Object.fromEntries(answers.map(([id, { instead }]) => [id, instead])),
  };
};

/** Facts for a decision on a running epic: rules and roles now, nothing about pull requests. */
export const askFacts = async (asker: Asker, facts: Facts, relevant: readonly Role[]): Promise<Facts> => ({
  ...facts,
  rules: rulesOf(asker.rules.configuration),
  ...(await askHeld(asker, facts.by, relevant)),
});
