/** What an epic is at one moment: the fold of its events, and nothing that could be derived. */
import type { Role, StageDefinition, StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import type { Clock } from './clock.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import type { IssueRef, Subject } from './subject.ts';

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
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** One approval given by comment for the current submission. */
export interface Approval {
  readonly by: Person;
  /** The gate's roles the person held when it was given or last asked. */
  readonly roles: readonly Role[];
  /** The comment that said so: editing or deleting it revokes the approval (contract §4). */
  readonly commentId: number;
  /** Pull request number → the commit it holds for. */
  readonly commits: Readonly<Record<number, string>>;
  readonly note: string;
  readonly at: string;
}

/** One stage of a running or ended epic. */
export interface Stage {
  readonly definition: StageDefinition;
  readonly status: StageStatus;
  /** When `status` was entered. */
  readonly since: string;
  readonly issue?: IssueRef;
  readonly claimant?: Person;
  /** How often it was submitted. */
  readonly submission: number;
  readonly note: string;
  /** Set while it is rejected and not submitted again since. */
  readonly rejection?: Statement;
  readonly approvals: readonly Approval[];
  /** Whether the gate was passed when it was last judged; only for telling when that changes. */
  readonly gatePassed: boolean;
  readonly override?: Statement;
  readonly skip?: Statement;
  readonly blockers: readonly Statement[];
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
  /** The gate passed because nobody answered in time: shown everywhere. */
  readonly timedOut?: Statement;
}

/** The latest opinion of one reviewer on one pull request. */
export interface Review {
  readonly id: number;
  readonly by: Person;
  readonly verdict: 'approved' | 'changes-requested' | 'dismissed';
  /** The commit it was given on. */
  readonly commit: string;
  readonly roles: readonly Role[];
  readonly text: string;
  /** A rejection since then has voided it. */
  readonly voided: boolean;
  readonly at: string;
}

/** A pull request that belongs to a stage, or asks to. */
export interface Pull {
  readonly number: number;
  readonly stage: StageKey;
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
  /** The head our check last showed: what a plain /approve refers to. */
  readonly shown?: string;
  /** Since when that head is shown and there, where it was another one before. */
  readonly shownSince?: string;
  readonly reviews: readonly Review[];
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
  readonly startedBy: Person;
  readonly definition: WorkflowDefinition;
  /** Where the definition came from: a path, and the commit it was read at (null: shipped with Gatehouse). */
  readonly source: { readonly path: string; readonly commit: string | null };
  readonly rules: Rules;
  readonly openedAt: string;
  readonly endedAt?: string;
  readonly checklist?: IssueRef;
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
  readonly cancellation?: Statement;
}

/** The fold's result. */
export type Epic = UnopenedEpic | OpenedEpic;

/** Where every fold begins. */
export const unopened: UnopenedEpic = { status: 'unopened' };
