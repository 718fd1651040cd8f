/** What somebody wants done to an epic, with every fact the rules need: nothing is asked later. */
import type { Role, StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import type { IssueOpened } from './events.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import type { Pull, Review } from './state.ts';
import type { Subject } from './subject.ts';

/** Facts that come with every command, gathered by the shell when it is decided. */
export interface Facts {
  readonly by: Person;
  /** When GitHub's delivery reached us, ISO 8601; core reads no clock. */
  readonly at: string;
  /** What made it: `delivery/<guid>/<n>`, `perform/…`; a cause is handled once. */
  readonly cause: string;
  /** Roles `by` holds now, asked of GitHub for this decision (threats T26). */
  readonly roles: readonly Role[];
  /** Whether `by` has write access (or more) to the repository; asked only where a rule needs it. */
  readonly canWrite: boolean;
  /** The default branch's rules now. */
  readonly rules: Rules;
  /** Open pull requests of the stage in question as GitHub has them now. */
  readonly pulls: readonly PullFacts[];
  /** Roles of people whose earlier reviews would count, asked again now; by person id. */
  readonly rolesOf: Readonly<Record<number, readonly Role[]>>;
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
}

/** Where a comment stands: decides which stage a command without a stage means (contract §4). */
export type Place =
  | { readonly kind: 'stage'; readonly stage: StageKey }
  | { readonly kind: 'pull'; readonly number: number }
  | { readonly kind: 'checklist' }
  | { readonly kind: 'epic' };

/** A command about one stage, as typed: `stage` is the key the person named, if any. */
interface AboutStage extends Facts {
  readonly on: Place;
  readonly stage?: StageKey;
}

export interface Open extends Facts {
  readonly type: 'Open';
  readonly subject: Subject;
  readonly title: string;
  readonly author: Person;
  readonly definition: WorkflowDefinition;
  readonly source: { readonly path: string; readonly commit: string | null };
}
export interface Claim extends AboutStage {
  readonly type: 'Claim';
}
export interface Release extends AboutStage {
  readonly type: 'Release';
  readonly reason: string;
}
/** The claimant is still at it. */
export interface Extend extends AboutStage {
  readonly type: 'Extend';
}
export interface Submit extends AboutStage {
  readonly type: 'Submit';
  readonly note: string;
}
export interface Approve extends AboutStage {
  readonly type: 'Approve';
  readonly commentId: number;
  /** The commit the person named, 7 to 40 hex digits. */
  readonly commit?: string;
  readonly note: string;
  /** When the comment was written, in whole seconds: nobody approves a head that was shown to them later (threats T12). */
  readonly saidAt?: string;
}
export interface Reject extends AboutStage {
  readonly type: 'Reject';
  readonly reason: string;
}
export interface Block extends AboutStage {
  readonly type: 'Block';
  readonly reason: string;
}
export interface Unblock extends AboutStage {
  readonly type: 'Unblock';
}
export interface Skip extends AboutStage {
  readonly type: 'Skip';
  readonly reason: string;
}
export interface Override extends AboutStage {
  readonly type: 'Override';
  readonly reason: string;
}
export interface AddEvidence extends AboutStage {
  readonly type: 'AddEvidence';
  readonly text: string;
}
export interface Pause extends Facts {
  readonly type: 'Pause';
  readonly reason: string;
}
export interface Resume extends Facts {
  readonly type: 'Resume';
}
/** Taking the workflow file as it is now instead of the definition the epic runs; asked of GitHub when it is decided. */
export interface Migrate extends Facts {
  readonly type: 'Migrate';
  /** The digest somebody was shown, or the beginning of it; absent where they only ask what would change. */
  readonly shown?: string;
  readonly definition: WorkflowDefinition;
  readonly source: Open['source'];
  /** Digests of what the epic runs and of `definition`. */
  readonly from: string;
  readonly to: string;
}
export interface Cancel extends Facts {
  readonly type: 'Cancel';
  readonly reason: string;
  /** True when the epic's issue is gone: nobody's permission is needed for what has already happened. */
  readonly gone: boolean;
}

/** Somebody said `/link #N`, or a pull request's body or branch names a stage issue. */
export interface Link extends Facts {
  readonly type: 'Link';
  readonly stage: StageKey;
  readonly via: Pull['via'];
  readonly pull: PullFacts;
}
/** The pull request no longer names a stage, or names one of another epic. */
export interface Unlink extends Facts {
  readonly type: 'Unlink';
  readonly number: number;
}
/** A linked pull request as it is now: pushed, retargeted, closed, reopened. */
export interface NotePull extends Facts {
  readonly type: 'NotePull';
  /** True where `by` is who closed or merged it; otherwise they only caused us to look. */
  readonly closing?: boolean;
  readonly pull: PullFacts;
}
export interface NoteReview extends Facts {
  readonly type: 'NoteReview';
  readonly number: number;
  readonly review: Omit<Review, 'voided'>;
}
/** The comment that approved was edited or deleted. */
export interface RevokeApproval extends Facts {
  readonly type: 'RevokeApproval';
  readonly commentId: number;
  readonly how: 'edited' | 'deleted';
}
/** Somebody's roles were asked again, because a membership changed. */
export interface NoteRoles extends Facts {
  readonly type: 'NoteRoles';
  readonly person: number;
}
/** The default branch's configuration was read again. */
export interface NoteRules extends Facts {
  readonly type: 'NoteRules';
}
export interface RecordIssue extends Facts {
  readonly type: 'RecordIssue';
  readonly object: IssueOpened['object'];
  readonly issue: IssueOpened['issue'];
}
/** One of our issues was deleted or moved out of reach. */
export interface RecordIssueLost extends Facts {
  readonly type: 'RecordIssueLost';
  readonly object: IssueOpened['object'];
}
/** The check run now shows this head. */
export interface RecordHeadShown extends Facts {
  readonly type: 'RecordHeadShown';
  readonly number: number;
  readonly head: string;
}
export interface Retitle extends Facts {
  readonly type: 'Retitle';
  readonly title: string;
}
export interface Move extends Facts {
  readonly type: 'Move';
  readonly subject: Subject;
}

/** An alarm's moment has come: what follows was decided before the command itself, as before every command. */
export interface Tick extends Facts {
  readonly type: 'Tick';
}

/** Commands that people type about a stage. */
export type StageCommand =
  | Claim
  | Release
  | Extend
  | Submit
  | Approve
  | Reject
  | Block
  | Unblock
  | Skip
  | Override
  | AddEvidence;

/** Every command an epic understands. */
export type EpicCommand =
  | Open
  | StageCommand
  | Pause
  | Resume
  | Cancel
  | Migrate
  | Link
  | Unlink
  | NotePull
  | NoteReview
  | RevokeApproval
  | NoteRoles
  | NoteRules
  | RecordIssue
  | RecordIssueLost
  | RecordHeadShown
  | Retitle
  | Move
  | Tick;
