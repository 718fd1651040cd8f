/** Everything we ever write on GitHub, as data, each with a key of its caller's by which its result is known. */
import type { Person } from '../../core/epic/person.ts';
import type { IssueRef, RepositoryRef } from '../../core/epic/subject.ts';

interface CreateIssue {
  readonly kind: 'create-issue';
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly Person[];
}

/** What is absent stays as it is; labels and assignees are whole lists: what is not in them goes, also what people put there. */
interface UpdateIssue {
  readonly kind: 'update-issue';
  readonly issue: IssueRef;
  readonly title?: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly Person[];
  readonly state?: 'open' | 'closed';
  readonly stateReason?: 'completed' | 'not_planned' | 'reopened';
}

interface AddLabels {
  readonly kind: 'add-labels';
  readonly issue: IssueRef;
  readonly labels: readonly string[];
}

interface RemoveLabel {
  readonly kind: 'remove-label';
  readonly issue: IssueRef;
  readonly label: string;
}

interface UnlockIssue {
  readonly kind: 'unlock-issue';
  readonly issue: IssueRef;
}

interface AddSubIssue {
  readonly kind: 'add-sub-issue';
  readonly parent: IssueRef;
  readonly child: IssueRef;
}

interface AddBlockedBy {
  readonly kind: 'add-blocked-by';
  readonly issue: IssueRef;
  readonly blocker: IssueRef;
}

interface RemoveBlockedBy {
  readonly kind: 'remove-blocked-by';
  readonly issue: IssueRef;
  readonly blocker: IssueRef;
}

/** Made where no id is known, or where the known one is gone. There is no `neutral` and no `skipped` (threats T61). */
interface PutCheckRun {
  readonly kind: 'put-check-run';
  readonly headSha: string;
  readonly checkRunId?: number;
  readonly nodeId?: string;
  readonly externalId: string;
  readonly status: 'in_progress' | 'completed';
  readonly conclusion?: 'success' | 'failure';
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly detailsUrl?: string;
}

interface AddComment {
  readonly kind: 'add-comment';
  readonly number: number;
  readonly subjectNodeId?: string;
  readonly body: string;
}

/** A review's reaction exists in GraphQL only; without it there is none, and that is no failure. */
interface AddReaction {
  readonly kind: 'add-reaction';
  readonly commentId: number;
  readonly commentNodeId?: string;
  readonly content: '+1' | 'confused';
  readonly of: 'issue-comment' | 'review';
}

/** GitHub's own way of asking somebody; one person each, so that one who cannot be asked keeps nobody else from it. */
interface RequestReview {
  readonly kind: 'request-review';
  readonly number: number;
  readonly login: string;
}

export type Write = { readonly key: string; readonly repository: RepositoryRef } & (
  | CreateIssue
  | UpdateIssue
  | AddLabels
  | RemoveLabel
  | UnlockIssue
  | AddSubIssue
  | AddBlockedBy
  | RemoveBlockedBy
  | PutCheckRun
  | AddComment
  | AddReaction
  | RequestReview
);

/** One kind of write. */
export type WriteOf<K extends Write['kind']> = Extract<Write, { readonly kind: K }>;

/** What a write came to. `skipped`: this server has no such thing, and nothing is missing without it. */
export type Result =
  | { readonly kind: 'create-issue'; readonly issue: IssueRef }
  | { readonly kind: 'update-issue' | 'unlock-issue' | 'remove-label' }
  /** `body`: the issue's text at that moment; null where the server did not say. */
  | { readonly kind: 'add-labels'; readonly body: string | null }
  | {
      readonly kind:
        | 'add-sub-issue'
        | 'add-blocked-by'
        | 'remove-blocked-by'
        | 'add-reaction'
        | 'request-review';
      readonly skipped: boolean;
    }
  | { readonly kind: 'put-check-run'; readonly checkRunId: number; readonly nodeId: string }
  | { readonly kind: 'add-comment'; readonly commentId: number; readonly nodeId: string };
