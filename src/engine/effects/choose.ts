/** A gate waits for people: who holds its roles now and how busy they are is asked, and the rules choose among them. */
import type { ReviewerCandidate } from '../../core/epic/commands.ts';
import { gatehouse } from '../../core/epic/person.ts';
import { rolesToAsk, stagesToAsk } from '../../core/epic/reviewers.ts';
import type { Role } from '../../core/workflow/definition.ts';
import { isAway } from '../../core/workflow/delegation.ts';
import { readMembers } from '../../core/workflow/member.ts';
import { type RoleMember, roleMembersNow } from '../../github/facts/role-members.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { requestsTo } from '../../ledger/loads.ts';
import { factsWithin } from '../ask.ts';
import { pinsOf } from '../ledger-pins.ts';
import { type RepositoryRules, rulesNow, rulesOf } from '../repository-rules.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';

type Found = readonly (readonly [Role, readonly RoleMember[]])[];

const membersOf = (
  { engine, site }: Planning,
  { configuration }: RepositoryRules,
  roles: readonly Role[],
  at: string,
): Promise<Found> => {
  const delegations = (configuration.delegations ?? []).filter((one) => isAway(one, at));
  return Promise.all(
    roles.map(async (role) => {
      const named = role.startsWith('@') ? { role, members: readMembers([role]) } : undefined;
      const entry = named ?? configuration.roles.find((one) => one.role === role) ?? { role, members: [] };
      const pins = pinsOf(engine.db, site.known.id);
      return [role, await roleMembersNow(site.client, pins, entry, delegations)] as const;
    }),
  );
};

const candidatesOf = async (planning: Planning, found: Found): Promise<readonly ReviewerCandidate[]> => {
  const people = new Map(found.flatMap(([, members]) => members.map(({ by }) => [by.id, by])));
  const asked = await requestsTo(planning.desk.hold, planning.site.known.id, [...people.keys()]);
  return [...people.values()].map((by) => {
    const held = found.flatMap(([role, members]) =>
      members.filter((one) => one.by.id === by.id).map(({ instead }) => ({ role, instead })),
    );
    const before = asked.find((one) => one.person === by.id);
    return {
      by,
      roles: [...new Set(held.map(({ role }) => role))],
      instead: held.flatMap(({ role, instead }) => (instead === undefined ? [] : [{ role, of: instead }])),
      open: before?.open ?? 0,
      last: before?.last ?? '',
    };
  });
};

/** Nothing is sent by itself: notices, mentions and requests on pull requests follow from what is decided. */
export const planChoice = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const { engine, desk, site } = planning;
  const epicId = promise.epicId ?? '';
  const rules = await rulesNow(desk.hold, site);
  if (rules.broken !== null) return nothingToDo(promise);
  const at = engine.now().toISOString();
  for (const { definition } of stagesToAsk(await desk.epic(epicId))) {
    const epic = await desk.epic(epicId);
    const stage =
      epic.status === 'unopened' ? undefined : epic.stages.find((one) => one.definition === definition);
    if (epic.status === 'unopened' || stage === undefined) continue;
    const found = await membersOf(planning, rules, rolesToAsk(epic, stage), at);
    const facts = factsWithin(epic, gatehouse, at, `choose/${promise.wanted}/${definition.key}`);
    await desk.handle(epicId, {
      ...facts,
      rules: rulesOf(rules.configuration),
      type: 'ChooseReviewers',
      stage: definition.key,
      candidates: await candidatesOf(planning, found),
    });
  }
  return nothingToDo(promise);
};
