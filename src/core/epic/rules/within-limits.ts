/** Work in progress: a claim beyond `policy.wip` is refused with what is in hand, unless an overrider says why (contract §2). */
import type { Claim } from '../commands.ts';
import { type Load, loadsOf } from '../loads.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireRole } from '../require.ts';
import { code, list, whoHoldAny } from '../say-who.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const mostNamed = 10;

const named = (loads: readonly Load[]): string => {
  const names = loads
    .slice(0, mostNamed)
    .map((one) => `${one.issue === null ? '' : `#${one.issue} `}${code(one.stage)}`);
  return list(loads.length > mostNamed ? [...names, `${loads.length - mostNamed} more`] : names);
};

/** The sentence that says which limit is reached, and by what. */
const exceeded = (epic: OpenedEpic, stage: Stage, { by, loads = [] }: Claim): string | undefined => {
  const { person, roles } = epic.rules.policy.wip ?? { roles: {} };
  const here = loadsOf(epic).filter((one) => one.kind === 'claim' && one.open);
  const all = [...loads, ...here].filter((one) => one.kind === 'claim');
  const mine = all.filter((one) => one.person === by.id);
  if (person !== undefined && mine.length >= person) {
    return `You have ${mine.length} in progress and the limit is ${person}: ${named(mine)}.`;
  }
  const { role } = stage.definition;
  const limit = Object.hasOwn(roles, role) ? roles[role] : undefined;
  const same = all.filter((one) => one.role === role);
  if (limit === undefined || same.length < limit) return undefined;
  return `${same.length} stages of ${code(role)} are in progress and the limit is ${limit}: ${named(same)}.`;
};

/**
 * `too-much-at-once`, or nothing. What other epics hold is what the ledger said when this was decided: two claims decided
 * in the same moment in two epics do not see each other.
 */
export const withinLimits = (epic: OpenedEpic, stage: Stage, command: Claim): Refusal | undefined => {
  if (epic.rules.policy.wip === undefined) return undefined;
  if (command.loads === undefined) {
    return refuse('facts-missing', 'What is in progress elsewhere is not known, so nothing was claimed.', {
      next: `${code('/claim')} again in a minute`,
    });
  }
  const why = exceeded(epic, stage, command);
  if (why === undefined) return undefined;
  const { overrideRoles } = epic.rules.policy;
  if (command.over !== undefined) {
    return requireRole(epic, command, overrideRoles, 'go beyond the limit of work in progress');
  }
  return refuse('too-much-at-once', why, {
    who: `${whoHoldAny(epic.rules, overrideRoles)} may go beyond it with ${code('/claim --over <why>')}`,
    next: `${code('/submit')} or ${code('/release')} one of them first`,
  });
};

/** What is recorded beside a claim that went beyond a limit; nothing where there was no need to. */
export const overLimit = (
  epic: OpenedEpic,
  stage: Stage,
  command: Claim,
): { readonly over: string } | undefined =>
  command.over === undefined || exceeded(epic, stage, command) === undefined
    ? undefined
    : { over: command.over };
