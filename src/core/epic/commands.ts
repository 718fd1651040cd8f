/** What somebody wants done to an epic, with every fact the rules need: nothing is asked later. */
import type { StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import type { Condition } from './condition.ts';
import type { Facts, PullFacts, ReviewerCandidate } from './facts.ts';
import type { Check, Concern, Resolve, Waive } from './gate-commands.ts';
import type { Part } from './hold.ts';
import type { Person } from './person.ts';
import type { Move, RecordHeadShown, RecordIssue, RecordIssueLost, Retitle } from './record-commands.ts';
import type { SignalCommand } from './signal-command.ts';
import type { Pull, Review } from './state.ts';
import type { Subject } from './subject.ts';

export type {
  Facts,
  Move,
  PullFacts,
  RecordHeadShown,
  RecordIssue,
  RecordIssueLost,
  Retitle,
  ReviewerCandidate,
};

/** Where a comment stands: decides which stage a command without a stage means (contract §4). */
export type Place =
  | { readonly kind: 'stage'; readonly stage: StageKey }
  | { readonly kind: 'pull'; readonly number: number }
  | { readonly kind: 'checklist' }
  | { readonly kind: 'epic' };

/** A command about one stage, as typed: `stage` is the key the person named, if any. */
export interface AboutStage extends Facts {
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
  /** Why it should go beyond the limit of work in progress. */
  readonly over?: string;
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
  /** It shall count once this holds. */
  readonly condition?: Condition;
  /** When the comment was written, in whole seconds: nobody approves a head that was shown to them later (threats T12). */
  readonly saidAt?: string;
}
export interface Reject extends AboutStage {
  readonly type: 'Reject';
  readonly reason: string;
  /** The earlier stage that is gone back to. */
  readonly to?: StageKey;
  /** When it was written, by GitHub's clock. */
  readonly saidAt?: string;
}
export interface Block extends AboutStage {
  readonly type: 'Block';
  readonly reason: string;
}
export interface Unblock extends AboutStage {
  readonly type: 'Unblock';
  /** Which of several. */
  readonly blocker?: string;
}
export interface Skip extends AboutStage {
  readonly type: 'Skip';
  readonly reason: string;
}
export interface Override extends AboutStage {
  readonly type: 'Override';
  readonly reason: string;
}
/** The stage is done anew, and what rested on it. */
export interface Retry extends AboutStage {
  readonly type: 'Retry';
  readonly reason: string;
}
export interface AddEvidence extends AboutStage {
  readonly type: 'AddEvidence';
  /** The request this answers. */
  readonly question?: string;
  readonly text: string;
}
export interface Pause extends Facts {
  readonly type: 'Pause';
  /** Absent: the whole epic. */
  readonly part?: Part;
  readonly reason: string;
}
export interface Resume extends Facts {
  readonly type: 'Resume';
  readonly part?: Part;
  /** The stage from which on everything is done anew. */
  readonly from?: StageKey;
  readonly reason?: string;
}
/** The whole workflow once more on a finished epic, as its file says now. */
export interface NextBatch extends Facts {
  readonly type: 'NextBatch';
  readonly reason: string;
  readonly definition: WorkflowDefinition;
  readonly source: Open['source'];
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
  /** When it was given, by GitHub's clock; absent where that is not known. */
  readonly saidAt?: string;
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
/** A gate waits and people are to be asked: who could be, and how busy they are. */
export interface ChooseReviewers extends Facts {
  readonly type: 'ChooseReviewers';
  readonly stage: StageKey;
  readonly candidates: readonly ReviewerCandidate[];
}
/** The default branch's configuration was read again. */
export interface NoteRules extends Facts {
  readonly type: 'NoteRules';
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
  | Retry
  | AddEvidence
  | Check
  | Waive
  | Concern
  | Resolve;

/** Every command an epic understands. */
export type EpicCommand =
  | Open
  | StageCommand
  | Pause
  | Resume
  | NextBatch
  | Cancel
  | Migrate
  | Link
  | Unlink
  | NotePull
  | NoteReview
  | RevokeApproval
  | NoteRoles
  | ChooseReviewers
  | NoteRules
  | RecordIssue
  | RecordIssueLost
  | RecordHeadShown
  | Retitle
  | Move
  | Tick
  | SignalCommand;
