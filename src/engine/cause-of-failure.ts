/** Whose fault it is that a delivery could not be read: its own, GitHub's, the database's, or nobody knows (threats F14, F21, F56). */
import { GitHubFailure } from '../github/failure.ts';

/** A payload of another shape than its event's (threats T04): reading it again cannot help. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape';
}

/** PostgreSQL's five characters, where it answered. */
const stateOf = (failure: unknown): string =>
  failure instanceof Error && 'severity' in failure && 'code' in failure ? String(failure.code) : '';

/** Lost connections, conflicts, no room, locks, and whatever an operator or its own trouble makes it do. */
const isDatabaseInTrouble = (failure: unknown): boolean =>
  /^(08|25|40|53|55|57|58|XX)/.test(stateOf(failure));

/** What PostgreSQL will not take whenever it is asked: a value out of range, a rule of a table. */
export const isRefusedByDatabase = (failure: unknown): boolean =>
  stateOf(failure) !== '' && !isDatabaseInTrouble(failure);

/** Nothing to do with the delivery, and over some time: it is worth waiting longer for. */
export const isElsewhere = (failure: unknown): boolean =>
  failure instanceof GitHubFailure ? failure.kind !== 'refused' : isDatabaseInTrouble(failure);
