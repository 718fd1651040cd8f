/** What has happened to an epic: past tense, believed, kept for ever in the ledger. */
import type { Role, StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import type { CheckSeen } from './condition.ts';
import type { MovedHead } from './moved-head.ts';
import type { EpicObject } from './object.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import type { OfStage, SignalEvent, Told } from './signal-event.ts';
import type { AlarmKind, Approval, NamedConcern, Pull, Review, Reviewer, Tick } from './state.ts';
import type { IssueRef, Subject } from './subject.ts';
import type { Substitution } from './substitution.ts';

export interface EpicOpened extends Told {
  readonly type: 'EpicOpened';
  readonly round: number;
  readonly subject: Subject;
  readonly title: string;
  readonly author: Person;
  readonly definition: WorkflowDefinition;
  readonly source: { readonly path: string; readonly commit: string | null };
  readonly rules: Rules;
  /** Why another batch was begun with `/next-batch`. */
  readonly reason?: string;
  /** What was open in the round before goes on in this one; a next batch always takes it along. */
  readonly carries?: true;
}

/** A stage is gone back to: its round is over, `round` begins. */
export interface StageReopened extends OfStage {
  readonly type: 'StageReopened';
  readonly round: number;
  readonly reason: string;
  /** The stage gone back to: `stage` itself, or one it depends on. */
  readonly root: StageKey;
  /** True for the stage under review whose approver sent it back. */
  readonly rejected?: true;
  /** Concerns that go on in the new round, as a blocker does; absent in streams from before they did. */
  readonly concerns?: readonly string[];
}

/** Which issue an object of ours became. */
export interface IssueOpened extends Told {
  readonly type: 'IssueOpened';
  readonly object: EpicObject;
  readonly issue: IssueRef;
}

export interface PullRequestLinked extends OfStage {
  readonly type: 'PullRequestLinked';
  readonly pull: Omit<Pull, 'stage' | 'reviews' | 'shown' | 'checks' | 'moves'>;
  /** Whose approvals no longer count because of it. */
  readonly voided?: readonly Person[];
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
  | (OfStage & {
      readonly type: 'StageClaimed';
      /** Why it went beyond the limit of work in progress, where it did. */
      readonly over?: string;
    })
  | (OfStage & {
      readonly type: 'ReviewersChosen';
      /** 1 when the gate opened, 2 after the reminder. */
      readonly turn: number;
      /** The roles people were looked for, found or not. */
      readonly roles: readonly Role[];
      readonly people: readonly Omit<Reviewer, 'at'>[];
    })
  | (OfStage & { readonly type: 'StageReleased'; readonly reason: string })
  | (OfStage & { readonly type: 'StageSubmitted'; readonly note: string })
  | (OfStage & { readonly type: 'ApprovalGiven'; readonly approval: Approval })
  | (OfStage & { readonly type: 'ApprovalRevoked'; readonly commentId: number; readonly reason: string })
  | (OfStage & {
      readonly type: 'StageRejected';
      readonly reason: string;
      /** When it was said, by GitHub's clock; absent where nobody said it, or it is not known. */
      readonly saidAt?: string;
    })
  | StageReopened
  | (OfStage & { readonly type: 'GatePassed' })
  | (OfStage & {
      readonly type: 'GateReopened';
      readonly reason: string;
      /** People are waited for anew, and for as long; absent in streams from before their time began again. */
      readonly anew?: true;
      /** What had passed it without approvals counts no more: whoever was told that it was passed would not look again. */
      readonly overtaken?: true;
      /** The same of time alone, in streams from before that was an event of its own. */
      readonly timeOver?: true;
    })
  | (OfStage & { readonly type: 'GateOverridden'; readonly reason: string })
  | (OfStage & { readonly type: 'StageSkipped'; readonly reason: string })
  | (OfStage & { readonly type: 'StageDone' })
  /** `blocker`: its name; absent in streams from before they had one. */
  | (OfStage & { readonly type: 'BlockerRaised'; readonly reason: string; readonly blocker?: string })
  /** `blocker`: the one that was lifted; absent: all of the stage. */
  | (OfStage & { readonly type: 'BlockersLifted'; readonly blocker?: string })
  | (OfStage & { readonly type: 'EvidenceAdded'; readonly text: string })
  | (OfStage & { readonly type: 'AlarmRang'; readonly alarm: AlarmKind })
  | (OfStage & { readonly type: 'GateWidened'; readonly role: Role })
  | (OfStage & { readonly type: 'GateTimedOut'; readonly reason: string })
  /** Time or an override had passed the gate, and not for what is there now. */
  | (OfStage & { readonly type: 'GateOvertaken'; readonly reason: string })
  | (OfStage & {
      readonly type: 'ApprovalOutdated';
      readonly person: number;
      /** What they said then, and before, is too old; absent: whatever they said. */
      readonly given?: string;
    })
  | DefinitionMigrated
  /** Somebody merged a pull request while its check was not passed: told, since it cannot be prevented (threats T64). */
  | (OfStage & { readonly type: 'GateBypassed'; readonly number: number; readonly head: string })
  | (OfStage & { readonly type: 'ApprovalsVoided'; readonly people: readonly Person[] })
  | (OfStage & { readonly type: 'ClaimExtended' })
  | (OfStage & { readonly type: 'CriterionTicked'; readonly tick: Tick })
  | (OfStage & {
      readonly type: 'CriterionReopened';
      readonly criterion: number;
      readonly reason: string;
    })
  | (OfStage & { readonly type: 'ConcernRaised'; readonly concern: NamedConcern })
  | (OfStage & { readonly type: 'ConcernResolved'; readonly id: string; readonly reason: string })
  | PullRequestLinked
  | (OfStage & { readonly type: 'PullRequestUnlinked'; readonly number: number })
  | (Told & {
      readonly type: 'PullRequestPushed';
      readonly number: number;
      readonly head: string;
      readonly contributors: readonly number[];
      readonly moved?: MovedHead;
      /** Whose approvals no longer count because of it. */
      readonly voided?: readonly Person[];
    })
  | (Told & {
      readonly type: 'PullRequestRetargeted';
      readonly number: number;
      readonly base: string;
      readonly voided?: readonly Person[];
    })
  | (Told & { readonly type: 'PullRequestClosed'; readonly number: number; readonly merged: boolean })
  | (Told & {
      readonly type: 'PullRequestReopened';
      readonly number: number;
      readonly voided?: readonly Person[];
    })
  | (Told & {
      readonly type: 'PullRequestChecked';
      readonly number: number;
      readonly checks: readonly CheckSeen[];
    })
  | (Told & { readonly type: 'HeadShown'; readonly number: number; readonly head: string })
  | (Told & {
      readonly type: 'ReviewGiven';
      readonly number: number;
      readonly review: Omit<Review, 'voided'>;
      /** Given before its stage was opened again, and only heard of since: it does not count. */
      readonly late?: true;
    })
  | (Told & { readonly type: 'ReviewDismissed'; readonly number: number; readonly reviewId: number })
  | (Told & {
      readonly type: 'RolesAsked';
      readonly person: number;
      readonly roles: readonly Role[];
      readonly places?: readonly Substitution[];
    })
  | (Told & { readonly type: 'EpicPaused'; readonly reason: string })
  | (Told & { readonly type: 'EpicResumed' })
  | (Told & { readonly type: 'EpicCancelled'; readonly reason: string })
  | (Told & { readonly type: 'EpicDone' })
  | SignalEvent;
