/** What has happened to an epic: past tense, believed, kept for ever in the ledger. */
import type { Role, StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import type { EpicObject } from './object.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import type { AlarmKind, Approval, Pull, Review } from './state.ts';
import type { IssueRef, Subject } from './subject.ts';

/** What every event tells: when, and by whom (`gatehouse` for what followed by itself). */
interface Told {
  readonly at: string;
  readonly by: Person;
}

interface OfStage extends Told {
  readonly stage: StageKey;
}

export interface EpicOpened extends Told {
  readonly type: 'EpicOpened';
  readonly round: number;
  readonly subject: Subject;
  readonly title: string;
  readonly author: Person;
  readonly definition: WorkflowDefinition;
  readonly source: { readonly path: string; readonly commit: string | null };
  readonly rules: Rules;
}

/** Which issue an object of ours became. */
export interface IssueOpened extends Told {
  readonly type: 'IssueOpened';
  readonly object: EpicObject;
  readonly issue: IssueRef;
}

export interface PullRequestLinked extends OfStage {
  readonly type: 'PullRequestLinked';
  readonly pull: Omit<Pull, 'stage' | 'reviews' | 'shown'>;
}

/** The epic runs another definition from now on (requirements: `/migrate`); stages that are over keep theirs. */
export interface DefinitionMigrated extends Told {
  readonly type: 'DefinitionMigrated';
  readonly definition: WorkflowDefinition;
  readonly source: EpicOpened['source'];
  /** Digests of the definition before, and of the one that was shown and taken. */
  readonly from: string;
  readonly to: string;
}

/** The closed vocabulary of the ledger. */
export type EpicEvent =
  | EpicOpened
  | IssueOpened
  | (Told & { readonly type: 'IssueLost'; readonly object: IssueOpened['object'] })
  | (Told & { readonly type: 'EpicRetitled'; readonly title: string })
  | (Told & { readonly type: 'EpicMoved'; readonly subject: Subject })
  | (Told & { readonly type: 'RulesSeen'; readonly rules: Rules })
  | (OfStage & { readonly type: 'StageReady' })
  | (OfStage & { readonly type: 'StageClaimed' })
  | (OfStage & { readonly type: 'StageReleased'; readonly reason: string })
  | (OfStage & { readonly type: 'StageSubmitted'; readonly note: string })
  | (OfStage & { readonly type: 'ApprovalGiven'; readonly approval: Approval })
  | (OfStage & { readonly type: 'ApprovalRevoked'; readonly commentId: number; readonly reason: string })
  | (OfStage & { readonly type: 'StageRejected'; readonly reason: string })
  | (OfStage & { readonly type: 'GatePassed' })
  | (OfStage & { readonly type: 'GateReopened'; readonly reason: string })
  | (OfStage & { readonly type: 'GateOverridden'; readonly reason: string })
  | (OfStage & { readonly type: 'StageSkipped'; readonly reason: string })
  | (OfStage & { readonly type: 'StageDone' })
  | (OfStage & { readonly type: 'BlockerRaised'; readonly reason: string })
  | (OfStage & { readonly type: 'BlockersLifted' })
  | (OfStage & { readonly type: 'EvidenceAdded'; readonly text: string })
  | (OfStage & { readonly type: 'AlarmRang'; readonly alarm: AlarmKind })
  | (OfStage & { readonly type: 'GateWidened'; readonly role: Role })
  | (OfStage & { readonly type: 'GateTimedOut'; readonly reason: string })
  | (OfStage & { readonly type: 'ApprovalOutdated'; readonly person: number })
  | DefinitionMigrated
  /** Somebody merged a pull request while its check was not passed: told, since it cannot be prevented (threats T64). */
  | (OfStage & { readonly type: 'GateBypassed'; readonly number: number; readonly head: string })
  | (OfStage & { readonly type: 'ApprovalsVoided'; readonly people: readonly Person[] })
  | (OfStage & { readonly type: 'ClaimExtended' })
  | PullRequestLinked
  | (OfStage & { readonly type: 'PullRequestUnlinked'; readonly number: number })
  | (Told & {
      readonly type: 'PullRequestPushed';
      readonly number: number;
      readonly head: string;
      readonly contributors: readonly number[];
    })
  | (Told & { readonly type: 'PullRequestRetargeted'; readonly number: number; readonly base: string })
  | (Told & { readonly type: 'PullRequestClosed'; readonly number: number; readonly merged: boolean })
  | (Told & { readonly type: 'PullRequestReopened'; readonly number: number })
  | (Told & { readonly type: 'HeadShown'; readonly number: number; readonly head: string })
  | (Told & {
      readonly type: 'ReviewGiven';
      readonly number: number;
      readonly review: Omit<Review, 'voided'>;
    })
  | (Told & { readonly type: 'ReviewDismissed'; readonly number: number; readonly reviewId: number })
  | (Told & { readonly type: 'RolesAsked'; readonly person: number; readonly roles: readonly Role[] })
  | (Told & { readonly type: 'EpicPaused'; readonly reason: string })
  | (Told & { readonly type: 'EpicResumed' })
  | (Told & { readonly type: 'EpicCancelled'; readonly reason: string })
  | (Told & { readonly type: 'EpicDone' });
