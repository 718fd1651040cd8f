/** What people say at a gate: yes, what they ticked or let go, and what they have against it. */
import type { Role } from '../workflow/definition.ts';
import type { Condition } from './condition.ts';
import type { Person } from './person.ts';
import type { Statement } from './state.ts';
import type { Substitution } from './substitution.ts';

/** One approval given by comment for the current submission. */
export interface Approval {
  readonly by: Person;
  /** The gate's roles the person held when it was given or last asked. */
  readonly roles: readonly Role[];
  /** Which of them only in the place of somebody who was away. */
  readonly instead?: readonly Substitution[];
  /** The comment that said so: editing or deleting it revokes the approval (contract §4). */
  readonly commentId: number;
  /** Pull request number → the commit it holds for. */
  readonly commits: Readonly<Record<number, string>>;
  readonly note: string;
  readonly at: string;
  /** It counts only while this holds. */
  readonly condition?: Condition;
}

/** Whether this is what grew too old: what somebody said later than that has not. */
export const isOutdated = (
  said: Pick<Approval, 'by' | 'at'>,
  { person, given }: { readonly person: number; readonly given?: string },
): boolean => said.by.id === person && (given === undefined || Date.parse(said.at) <= Date.parse(given));

/** A criterion of the gate that somebody ticked or waived; `text` is the evidence or the reason. */
export interface Tick extends Statement {
  /** Counted from 1, as people type it. */
  readonly criterion: number;
  readonly how: 'ticked' | 'waived';
  /** The comment that said so: editing or deleting it takes a tick back. */
  readonly commentId: number;
}

/** What somebody has against passing a gate; it stays until they or an overrider resolve it. */
export interface NamedConcern extends Statement {
  /** `c1`, `c2`, … in its stage. */
  readonly id: string;
  /** Raised by rejecting with a veto: approving later lifts it too. */
  readonly veto: boolean;
  /** When it was said, by GitHub's clock; absent where that is not known. */
  readonly saidAt?: string;
  readonly resolved?: Statement;
}
