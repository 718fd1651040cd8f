/** What is over and kept: rounds of stages, and the batch before the present one. */
import type { StageKey } from '../workflow/definition.ts';
import type { Blocker } from './blocker.ts';
import type { Person } from './person.ts';
import type { Question } from './question.ts';
import type { Approval, NamedConcern, Pull, Statement, Tick } from './state.ts';
import type { IssueRef } from './subject.ts';

/** A round of a stage that is over: it stays as it was, but for the place of its issue (contract §3). */
export interface PastRound {
  readonly round: number;
  /** `sent-back`: it had begun when something it rests on was opened again. */
  readonly outcome: 'done' | 'skipped' | 'failed' | 'cancelled' | 'rejected' | 'sent-back';
  readonly openedAt: string;
  readonly endedAt: string;
  /** Why this round was opened; absent for the first. */
  readonly reopening?: Reopening;
  /** Why the next one was. */
  readonly ended: Reopening;
  readonly issue?: IssueRef;
  readonly claimant?: Person;
  readonly claimedFor?: Person;
  readonly submission: number;
  readonly note: string;
  readonly rejection?: Statement;
  readonly approvals: readonly Approval[];
  readonly override?: Statement;
  readonly skip?: Statement;
  readonly timedOut?: Statement;
  readonly overLimit?: Statement;
  readonly ticks?: readonly Tick[];
  readonly concerns?: readonly NamedConcern[];
  readonly questions?: readonly Question[];
  readonly blockers: readonly Blocker[];
  readonly evidence: readonly Statement[];
  /** With the reviews they had then. */
  readonly pulls: readonly Pull[];
}

/** Why a round of a stage was opened, and where the going back began. */
export interface Reopening extends Statement {
  /** The stage that was gone back to: this one, or one it depends on. */
  readonly root: StageKey;
}

/** The batch before this one: what it left on GitHub, and why there is another. */
export interface FormerBatch {
  readonly checklist?: IssueRef;
  /** The numbers of its stage issues and those of all batches before: they name no stage of this one. */
  readonly issues: readonly number[];
  /** What `/next-batch` said; absent where it was started with the label. */
  readonly reason?: string;
}
