/** Roles an epic will ask for and nobody holds: said early, with what to write where. */
import { code, holdersOf, list } from '../epic/say-who.ts';
import { isFinal } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { Role } from '../workflow/definition.ts';

/** Roles of stages that are not over, and approver roles of their gates, that have no holder; each once, in stage order. */
export const unheldRoles = (epic: OpenedEpic): readonly Role[] => {
  const asked = epic.stages
    .filter((stage) => !isFinal(stage))
    .flatMap(({ definition }) => [definition.role, ...(definition.gate?.approvers ?? [])]);
  return [...new Set(asked)].filter((role) => holdersOf(epic.rules, role).length === 0);
};

/** Names the roles and shows the line to add to gatehouse.yml. */
export const unheldRolesText = (roles: readonly Role[]): string => {
  const nobody = `Nobody holds ${list(roles.map(code))}: a stage or gate that asks for ${roles.length === 1 ? 'it' : 'them'} cannot go on.`;
  const example = `${roles[0] ?? 'ROLE'}: [some-login, "@org/team"]`;
  return `${nobody} Add somebody under \`roles:\` in \`.github/gatehouse.yml\` on the default branch, for example ${code(example)}.`;
};
