/** Gathering the facts of a command: what only GitHub knows, asked at the moment of deciding (design rule 7). */
import type { EpicCommand, Facts, PullFacts } from '../core/epic/commands.ts';
import { checksAwaited } from '../core/epic/condition.ts';
import type { Person } from '../core/epic/person.ts';
import { defaultPolicy } from '../core/epic/policy.ts';
import { pullsOf } from '../core/epic/stage.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import type { Role, StageDefinition, StageKey } from '../core/workflow/definition.ts';
import { type RoleEntry, readMembers } from '../core/workflow/member.ts';
import { checksNow } from '../github/facts/checks-now.ts';
import { rolesHeld } from '../github/facts/roles-held.ts';
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
  readonly asked?: Map<string, Promise<readonly Role[]>>;
}

/** Facts of a command for which nothing has to be asked. */
export const bareFacts = (by: Person, at: string, cause: string): Facts => ({
  by: { id: by.id, login: by.login, ...(by.nodeId === undefined ? {} : { nodeId: by.nodeId }) },
  at,
  cause,
  roles: [],
  canWrite: false,
  rules: { policy: defaultPolicy, roles: [] },
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

/** The roles a person holds now among those that matter. */
export const askRoles = (
  asker: Asker,
  person: Person,
  relevant: readonly Role[],
): Promise<readonly Role[]> => {
  const { on, site, rules, asked } = asker;
  const key = `${site.known.id}/${person.id}/${[...relevant].sort().join()}`;
  const known = asked?.get(key);
  if (known !== undefined) return known;
  const answer = rolesHeld(site.client, pinsOf(on, site.known.id), {
    entries: [...rules.configuration.roles, ...namedPeople(relevant)],
    relevant,
    person,
  });
  asked?.set(key, answer);
  return answer;
};

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
    case 'AddEvidence':
    case 'Check':
      return [...new Set(doers)];
    case 'Submit':
    case 'Extend':
      return [];
    case 'Approve':
    case 'Reject':
    case 'Concern':
      return [...new Set(approvers)];
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

/** Roles, asked again, of everybody whose approval or review of a stage (of all, without one) would count. */
export const askRolesOfApprovers = async (
  asker: Asker,
  epic: OpenedEpic,
  key?: StageKey,
): Promise<Facts['rolesOf']> => {
  const stages = epic.stages.filter((stage) => key === undefined || stage.definition.key === key);
  const answers = await Promise.all(
    stages.flatMap((stage) => {
      const reviewers = pullsOf(epic, stage.definition.key).flatMap((pull) =>
        pull.reviews.map((review) => review.by),
      );
      const people = [...stage.approvals.map((one) => one.by), ...reviewers];
      return people.map(
        async (person) => [person.id, await askRoles(asker, person, approversOf(stage.definition))] as const,
      );
    }),
  );
  const roles: Record<number, readonly Role[]> = {};
  for (const [id, held] of answers) roles[id] = [...new Set([...(roles[id] ?? []), ...held])];
  return roles;
};

/** Facts for a decision on a running epic: rules and roles now, nothing about pull requests. */
export const askFacts = async (asker: Asker, facts: Facts, relevant: readonly Role[]): Promise<Facts> => ({
  ...facts,
  rules: rulesOf(asker.rules.configuration),
  roles: await askRoles(asker, facts.by, relevant),
});
