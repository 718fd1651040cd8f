/** What is known when a command is decided: asked of GitHub by the shell, so that nothing is asked later (design rule 7). */
import type { Role } from '../workflow/definition.ts';
import type { CheckSeen } from './condition.ts';
import type { Load } from './loads.ts';
import type { MovedHead } from './moved-head.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import type { Pull } from './state.ts';
import type { Substitution } from './substitution.ts';

/** Facts that come with every command, gathered by the shell when it is decided. */
export interface Facts {
  readonly by: Person;
  /** When GitHub's delivery reached us, ISO 8601; core reads no clock. */
  readonly at: string;
  /** What made it: `delivery/<guid>/<n>`, `perform/…`; a cause is handled once. */
  readonly cause: string;
  /** Roles `by` holds now, asked of GitHub for this decision (threats T26). */
  readonly roles: readonly Role[];
  /** Which of them only in the place of somebody who is away. */
  readonly instead?: readonly Substitution[];
  /** Whether `by` has write access (or more) to the repository; asked only where a rule needs it. */
  readonly canWrite: boolean;
  /** The default branch's rules now. */
  readonly rules: Rules;
  /** Open pull requests of the stage in question as GitHub has them now. */
  readonly pulls: readonly PullFacts[];
  /** Roles of people whose earlier reviews would count, asked again now; by person id. */
  readonly rolesOf: Readonly<Record<number, readonly Role[]>>;
  /** What is in progress in the repository's other epics, as far as the ledger knew; asked only where a limit is set. */
  readonly loads?: readonly Load[];
  /** Which of those in whose place. */
  readonly insteadOf?: Readonly<Record<number, readonly Substitution[]>>;
}

/** A pull request as GitHub has it at the moment of deciding. */
export interface PullFacts {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly state: Pull['state'];
  readonly fork: boolean;
  readonly author: Person;
  readonly contributors: readonly number[];
  /** The checks that were asked about, on `head`; absent where none was. */
  readonly checks?: readonly CheckSeen[];
  /** What differs from the head known before; absent where nobody asked. */
  readonly moved?: MovedHead;
}

/** Somebody who could be asked to look at a gate. */
export interface ReviewerCandidate {
  readonly by: Person;
  readonly roles: readonly Role[];
  readonly instead: readonly Substitution[];
  /** Requests in this repository that wait for them. */
  readonly open: number;
  /** When they were last asked; empty: never. */
  readonly last: string;
}
