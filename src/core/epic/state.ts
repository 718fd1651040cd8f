/** What an epic is at one moment: the fold of its events, and nothing that could be derived. */
import type { Role, StageDefinition, StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import type { Approval, NamedConcern, Tick } from './approval.ts';
import type { Blocker } from './blocker.ts';
import type { Clock } from './clock.ts';
import type { CheckSeen } from './condition.ts';
import type { Deed } from './deed.ts';
import type { Glass } from './glass.ts';
import type { Hold } from './hold.ts';
import type { MovedHead } from './moved-head.ts';
import type { FormerBatch, PastRound, Reopening } from './past-round.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import type { Priority } from './priority.ts';
import type { Question } from './question.ts';
import type { IssueRef, Subject } from './subject.ts';
import type { Substitution } from './substitution.ts';

export type { Approval, NamedConcern, Tick };

/** A stage's own status; `blocked` is shown over it while a blocker is open (see `stage.ts`). */
export type StageStatus =
  | 'waiting'
  | 'ready'
  | 'in-progress'
  | 'in-review'
  | 'done'
  | 'skipped'
  | 'failed'
  | 'cancelled';

/** What can ring on a stage; see `alarms.ts`. */
export type AlarmKind =
  | 'due'
  | 'remind'
  | 'escalate'
  | 'widen'
  | 'reject'
  | 'approve'
  | 'nudge'
  | 'expire'
  | 'outdated';

/** Somebody's words with a name and a time: a reason, a note, a piece of evidence. */
export interface Statement {
  readonly by: Person;
  /** In whose place it was said. */
  readonly instead?: Person;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** One stage of a running or ended epic. */
export interface Stage {
  readonly definition: StageDefinition;
  /** Only of a stage that was added while the epic runs: those that wait for it. */
  readonly addedBefore?: readonly StageKey[];
  /** It was added by somebody who could not have skipped a stage: no pull request passes by it. */
  readonly unvouched?: true;
  /** Absent: the first. */
  readonly round?: number;
  /** Why this round was opened; absent for the first. */
  readonly reopening?: Reopening;
  /** The rounds before this one. */
  readonly past?: readonly PastRound[];
  readonly status: StageStatus;
  /** When `status` was entered. */
  readonly since: string;
  readonly issue?: IssueRef;
  readonly claimant?: Person;
  /** It was claimed beyond the limit of work in progress. */
  readonly overLimit?: Statement;
  /** In whose place the claimant has the stage's role. */
  readonly claimedFor?: Person;
  /** How often it was submitted. */
  readonly submission: number;
  readonly note: string;
  /** Set while it is rejected and not submitted again since. */
  readonly rejection?: Statement;
  /** When its last rejection in this round was said, by GitHub's clock where it is known: what was said before is not about what came of it. */
  readonly sentBackAt?: string;
  readonly approvals: readonly Approval[];
  /** Whether the gate was passed when it was last judged; only for telling when that changes. */
  readonly gatePassed: boolean;
  readonly override?: Statement;
  readonly skip?: Statement;
  readonly blockers: readonly Blocker[];
  readonly evidence: readonly Statement[];
  /** Runs since `since`, and stands still while the epic is paused or the stage blocked. */
  readonly clock: Clock;
  /** The same since it was first ready. */
  readonly life?: Clock;
  /** The last sign of life of a claim: what its expiry counts from. */
  readonly claimClock?: Clock;
  /** Alarms that rang in the present status. */
  readonly rung: readonly AlarmKind[];
  /** Roles that may approve in anybody's place, because nobody answered in time. */
  readonly widened: readonly Role[];
  /** Who was asked since it was submitted. */
  readonly reviewers?: readonly Reviewer[];
  /** For which roles people were looked for, and how often. */
  readonly asked?: Readonly<Record<Role, number>>;
  /** The gate passed because nobody answered in time: shown everywhere. */
  readonly timedOut?: Statement;
  /** Why what had passed the gate without approvals counts no more; until it is open again. */
  readonly overtaken?: string;
  /** Every question an approver asked, answered or not. */
  readonly questions?: readonly Question[];
  /** Its own; absent: the epic's. */
  readonly priority?: Priority;
  readonly ticks?: readonly Tick[];
  readonly concerns?: readonly NamedConcern[];
}

/** Somebody who was asked to look at a gate. */
export interface Reviewer {
  readonly role: Role;
  readonly by: Person;
  /** In whose place they hold the role. */
  readonly instead?: Person;
  readonly at: string;
}

/** The latest opinion of one reviewer on one pull request. */
export interface Review {
  readonly id: number;
  readonly by: Person;
  readonly verdict: 'approved' | 'changes-requested' | 'dismissed';
  /** The commit it was given on. */
  readonly commit: string;
  readonly roles: readonly Role[];
  /** Which of them only in the place of somebody who was away. */
  readonly instead?: readonly Substitution[];
  readonly text: string;
  /** A rejection since then has voided it. */
  readonly voided: boolean;
  readonly at: string;
}

/** A pull request that belongs to a stage, or asks to. */
export interface Pull {
  readonly number: number;
  readonly stage: StageKey;
  /** The round of the stage it belongs to; absent: the first. */
  readonly round?: number;
  /** `proposed`: linked by somebody without write access, waiting for /link (contract §5). */
  readonly link: 'linked' | 'proposed';
  /** A link said with /link stays whatever the body says later. */
  readonly via: 'body' | 'branch' | 'command';
  readonly head: string;
  readonly base: string;
  readonly fork: boolean;
  readonly author: Person;
  /** Numeric ids of everybody known to have authored, committed or pushed to it. */
  readonly contributors: readonly number[];
  readonly state: 'open' | 'closed' | 'merged';
  /** Heads it had before: an abbreviated commit must mean none of them. */
  readonly left?: readonly string[];
  /** Since when it is linked to its stage: what was said there before was not about it. */
  readonly linkedAt?: string;
  /** The head that was there when its stage was skipped. */
  readonly excused?: string;
  /** The head our check last showed: what a plain /approve refers to. */
  readonly shown?: string;
  /** Since when that head is shown and there, where it was another one before. */
  readonly shownSince?: string;
  readonly reviews: readonly Review[];
  /** Checks that approvals wait for, as last seen. */
  readonly checks?: readonly CheckSeen[];
  /** How its change differed from head to head, while somebody had approved it. */
  readonly moves?: readonly MovedHead[];
}

/** A stage that a migration took out before anybody began it: its issue is closed, and found again if it comes back. */
export interface RemovedStage {
  readonly key: StageKey;
  readonly role: Role;
  readonly action: string;
  readonly issue?: IssueRef;
  readonly at: string;
}

/** A pull request that was merged while its check was not passed. */
export interface Bypass {
  readonly number: number;
  readonly stage: StageKey;
  readonly head: string;
  /** Whoever merged it; `gatehouse` where GitHub was only asked afterwards. */
  readonly by: Person;
  readonly at: string;
}

/** An epic that was never started, or an issue nobody labelled. */
export interface UnopenedEpic {
  readonly status: 'unopened';
}

/** An epic with a workflow. */
export interface OpenedEpic {
  readonly status: 'running' | 'paused' | 'done' | 'cancelled';
  /** 1 for the first start on this issue; a new start after the end counts on. */
  readonly round: number;
  readonly subject: Subject;
  readonly title: string;
  readonly author: Person;
  readonly definition: WorkflowDefinition;
  /** Where the definition came from: a path, and the commit it was read at (null: shipped with Gatehouse). */
  readonly source: { readonly path: string; readonly commit: string | null };
  readonly rules: Rules;
  readonly openedAt: string;
  readonly endedAt?: string;
  readonly checklist?: IssueRef;
  /** Set where this is another round on the same issue. */
  readonly former?: FormerBatch;
  /** In the definition's order. */
  readonly stages: readonly Stage[];
  readonly pulls: readonly Pull[];
  /** Those that were unlinked: coming back must not revive what a rejection voided. */
  readonly departed?: readonly Pull[];
  /** Merges past the gate: shown everywhere. */
  readonly bypasses?: readonly Bypass[];
  /** Stages a migration took out. */
  readonly removed?: readonly RemovedStage[];
  readonly pause?: Statement;
  /** Parts of it that stand still. */
  readonly holds?: readonly Hold[];
  /** The emergency stop while it lasts (`pause` says the same then), and how many there were. */
  readonly stop?: Statement;
  readonly stops?: number;
  readonly priority?: Priority;
  /** What can be taken back, the last behind; and how many such things there ever were. */
  readonly deeds?: readonly Deed[];
  readonly deedsDone?: number;
  readonly glasses?: readonly Glass[];
  /** How many blockers were ever raised: what the next one is called. */
  readonly blockersRaised?: number;
  readonly cancellation?: Statement;
}

/** The fold's result. */
export type Epic = UnopenedEpic | OpenedEpic;

/** Where every fold begins. */
export const unopened: UnopenedEpic = { status: 'unopened' };
