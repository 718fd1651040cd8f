/** Which roles a login holds as far as names alone say: directly, or by a team somebody says they are in. */
import { holdersOf } from '../epic/say-who.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { Role } from '../workflow/definition.ts';

/** Roles by name, and the teams that hold further ones: who is in them only GitHub knows. */
export interface RolesByName {
  readonly roles: readonly Role[];
  readonly teams: readonly string[];
}

/** `teams`: those the person is in, as `@acme/managers`. Names are compared without regard to case. */
export const rolesByName = (epic: OpenedEpic, login: string, teams: readonly string[]): RolesByName => {
  const ofStages = epic.stages.flatMap(({ definition, widened }) => [
    definition.role,
    ...(definition.gate?.approvers ?? []),
    ...widened,
  ]);
  const relevant = [...new Set([...ofStages, ...epic.rules.policy.overrideRoles])];
  const own = new Set([login, ...teams].map((name) => name.toLowerCase()));
  const held = (role: Role): boolean =>
    holdersOf(epic.rules, role).some((name) => own.has(name.toLowerCase()));
  const roles = relevant.filter(held);
  const others = relevant
    .filter((role) => !held(role))
    .flatMap((role) => holdersOf(epic.rules, role).filter((name) => name.includes('/')));
  return { roles, teams: [...new Set(others)] };
};
