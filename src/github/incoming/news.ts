/** What a delivery tells us, in our own words: everything downstream trusts these shapes and no payload. */
import type { PullFacts } from '../../core/epic/commands.ts';
import type { Person } from '../../core/epic/person.ts';
import type { Review } from '../../core/epic/state.ts';
import type { IssueRef } from '../../core/epic/subject.ts';
import type { RepositorySeen } from './envelope.ts';

/** Somebody as a payload shows them. A deleted account is `ghost`, id 10137 on github.com. */
export interface Actor extends Person {
  readonly bot: boolean;
}

/** An issue as a payload shows it. */
export interface IssueSeen extends IssueRef {
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  readonly author: Actor;
  readonly labels: readonly string[];
  /** Logins. */
  readonly assignees: readonly string[];
  readonly isPull: boolean;
  readonly updatedAt: string;
  /** Absent while it is open, and where GitHub does not say. */
  readonly closedAt?: string;
  /** The App that made it; absent where GitHub names none. */
  readonly appId?: number;
}

/** A pull request as a payload shows it. */
export interface PullSeen extends Omit<PullFacts, 'contributors'> {
  readonly body: string;
  readonly branch: string;
  readonly draft: boolean;
}

/** A review as a payload shows it; a plain comment is no review to us. */
export interface ReviewSeen extends Omit<Review, 'roles' | 'voided' | 'at' | 'by'> {
  readonly by: Actor;
  readonly viaApp: boolean;
  /** When it was given; absent where GitHub does not say. */
  readonly saidAt?: string;
}

/** The closed list of what can be news. */
export type News =
  | { readonly kind: 'labelled'; readonly issue: IssueSeen; readonly label: string; readonly by: Actor }
  | { readonly kind: 'unlabelled'; readonly issue: IssueSeen; readonly label: string; readonly by: Actor }
  | {
      readonly kind: 'issue-changed';
      readonly issue: IssueSeen;
      readonly how: 'edited' | 'closed' | 'reopened' | 'relabelled' | 'reassigned';
      readonly by: Actor;
    }
  | {
      readonly kind: 'issue-gone';
      readonly issue: IssueSeen;
      readonly how: 'deleted' | 'transferred';
      readonly by: Actor;
    }
  | {
      readonly kind: 'commented';
      readonly issue: IssueSeen;
      readonly comment: {
        readonly id: number;
        readonly nodeId: string;
        readonly body: string;
        /** ISO 8601 in whole seconds; empty where the payload has none. */
        readonly createdAt: string;
        /** GitHub calls them neither a member nor a collaborator; that decides nothing but how often they are answered. */
        readonly outsider: boolean;
      };
      readonly by: Actor;
      readonly viaApp: boolean;
    }
  | {
      readonly kind: 'comment-changed';
      readonly issue: IssueSeen;
      readonly commentId: number;
      readonly how: 'edited' | 'deleted';
      /** What it said until then. */
      readonly said: string;
      readonly by: Actor;
    }
  | {
      readonly kind: 'pull-changed';
      readonly pull: PullSeen;
      readonly action: string;
      readonly by: Actor;
      /** The head before a push. */
      readonly before?: string;
    }
  | { readonly kind: 'reviewed'; readonly pull: PullSeen; readonly review: ReviewSeen; readonly by: Actor }
  | { readonly kind: 'check-asked'; readonly headSha: string }
  | { readonly kind: 'check-ended'; readonly headSha: string; readonly name: string }
  | {
      readonly kind: 'group-asked';
      readonly headSha: string;
      readonly baseSha: string;
      readonly headRef: string;
    }
  | { readonly kind: 'group-destroyed'; readonly headSha: string }
  | {
      readonly kind: 'pushed';
      readonly branch: string;
      readonly commit: string;
      readonly paths: readonly string[];
      /** False where other paths may have been touched too, of which GitHub does not tell. */
      readonly whole: boolean;
    }
  | { readonly kind: 'member-changed'; readonly person: Actor | null; readonly organization: string }
  | {
      readonly kind: 'installation-changed';
      readonly state: 'active' | 'suspended' | 'deleted';
      readonly account: string;
    }
  | {
      readonly kind: 'repositories-added' | 'repositories-removed';
      readonly repositories: readonly RepositorySeen[];
    }
  | {
      readonly kind: 'repository-changed';
      readonly how: 'renamed' | 'transferred' | 'deleted' | 'edited' | 'unarchived';
    };
