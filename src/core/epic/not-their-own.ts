/** Whose approval of a stage could count, by name: whoever made it may not be asked (policy self_approval, contract §2). */
import type { Role } from '../workflow/definition.ts';
import { type Explanation, plain } from './explanation.ts';
import { code, holdersOf, whoHoldAny } from './say-who.ts';
import { judgedPulls } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** The names without the claimant's and without those of the pull requests' authors, where nobody approves their own work. */
export const notTheirOwn = (epic: OpenedEpic, stage: Stage, names: readonly string[]): readonly string[] => {
  if (epic.rules.policy.selfApproval) return names;
  const authors = judgedPulls(epic, stage.definition.key).map(({ author }) => author);
  const own = [stage.claimant, stage.claimedFor, ...authors].map((one) => one?.login.toLowerCase());
  return names.filter((name) => !own.includes(name.replace(/^@/, '').toLowerCase()));
};

/** That a missing role is held by nobody but those; undefined where somebody could fill it, or nobody holds it at all. */
export const onlyTheirOwn = (epic: OpenedEpic, stage: Stage, role: Role): Explanation | undefined => {
  const names = holdersOf(epic.rules, role);
  const handedOver = (epic.rules.delegations ?? []).some((one) => one.roles.includes(role));
  if (names.length === 0 || handedOver || notTheirOwn(epic, stage, names).length > 0) return undefined;
  const { overrideRoles } = epic.rules.policy;
  const file = code('.github/gatehouse.yml');
  const says = `${code(role)} has not approved, and nobody holds it but those who made this and may not approve it.`;
  const who = `whoever may change ${file}`;
  const next = `name somebody else under ${code('roles:')} there`;
  if (overrideRoles.length === 0) return plain(false, says, { who, next });
  return plain(false, says, {
    who: `${who}; ${whoHoldAny(epic.rules, overrideRoles)}`,
    next: `${next}, or ${code('/override <why>')}`,
  });
};
