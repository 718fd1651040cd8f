/** The stand-in's whole memory as plain data: what github.com would keep about a few repositories. */

export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';
export type Sha = string;

/** A person, a bot or an organisation; `id` stays when `login` changes. */
export type Account = {
  id: number;
  nodeId: string;
  login: string;
  type: 'User' | 'Organization' | 'Bot';
  createdAt: string;
  gone: boolean;
};

export type Team = {
  id: number;
  nodeId: string;
  orgId: number;
  slug: string;
  name: string;
  parentId: number | null;
  createdAt: string;
  members: Map<number, { state: 'active' | 'pending'; role: 'member' | 'maintainer' }>;
};

export type Label = {
  id: number;
  nodeId: string;
  repoId: number;
  name: string;
  color: string;
  description: string | null;
};

export type Commit = {
  sha: Sha;
  treeSha: Sha;
  nodeId: string;
  parents: Sha[];
  message: string;
  authorId: number | null;
  committerId: number | null;
  at: string;
  files: ReadonlyMap<string, string>;
};

export type Reaction = { id: number; nodeId: string; userId: number; content: string; createdAt: string };

export type Comment = {
  id: number;
  nodeId: string;
  repoId: number;
  issueId: number;
  userId: number;
  appId: number | null;
  body: string;
  createdAt: string;
  updatedAt: string;
  reactions: Reaction[];
};

export type Review = {
  id: number;
  nodeId: string;
  issueId: number;
  userId: number;
  body: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  commitId: Sha;
  submittedAt: string;
};

export type Pull = {
  id: number;
  baseRef: string;
  baseSha: Sha;
  headRef: string;
  headSha: Sha;
  headRepoId: number | null;
  commits: Sha[];
  draft: boolean;
  mergedAt: string | null;
  mergedById: number | null;
  mergeCommitSha: Sha | null;
  requestedReviewers: number[];
  requestedTeams: number[];
  reviews: Review[];
};

/** A label put on or taken off: the part of an issue's history anybody asks for. */
export type LabelEvent = {
  id: number;
  event: 'labeled' | 'unlabeled';
  actorId: number;
  label: { name: string; color: string };
  createdAt: string;
};

/** An issue, or a pull request when `pull` is set; `id` is the database id, `number` counts per repository. */
export type Issue = {
  id: number;
  nodeId: string;
  repoId: number;
  number: number;
  title: string;
  body: string | null;
  userId: number;
  appId: number | null;
  state: 'open' | 'closed';
  stateReason: string | null;
  labels: number[];
  assignees: number[];
  locked: boolean;
  lockReason: string | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedById: number | null;
  comments: Comment[];
  labelEvents: LabelEvent[];
  reactions: Reaction[];
  parentId: number | null;
  subIssues: number[];
  blockedBy: number[];
  blocking: number[];
  pull: Pull | null;
};

export type CheckOutput = {
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: number;
};

export type CheckRun = {
  id: number;
  nodeId: string;
  repoId: number;
  appId: number;
  name: string;
  headSha: Sha;
  externalId: string;
  detailsUrl: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  output: CheckOutput;
  suiteId: number;
};

export type MergeGroup = {
  headSha: Sha;
  headRef: string;
  baseSha: Sha;
  baseRef: string;
  pulls: number[];
  createdAt: string;
};

/** What a repository's settings demand beside required checks; absent: GitHub's defaults, seen by nobody but admins. */
export type Rules = {
  /** A `pull_request` rule. */
  reviews?: { approvals: number; dismissStale: boolean; lastPush: boolean; codeOwners: boolean };
  mergeQueue?: boolean;
  /** Who may bypass ruleset 1; undefined: not shown to whoever asks. */
  bypass?: { actor_type: string; actor_id: number | null; bypass_mode: string }[];
  /** A classic branch protection with these required checks. */
  classic?: { level: 'everyone' | 'non_admins'; checks: { context: string; app_id: number | null }[] };
};

export type Repository = {
  id: number;
  nodeId: string;
  name: string;
  ownerId: number;
  private: boolean;
  /** Somebody took the tick off “Issues” in the settings. */
  issuesOff?: boolean;
  defaultBranch: string;
  forkOfId: number | null;
  createdAt: string;
  pushedAt: string;
  labels: Label[];
  branches: Map<string, Sha>;
  commits: Map<Sha, Commit>;
  issues: Map<number, Issue>;
  pulls: Issue[];
  lastNumber: number;
  deletedNumbers: Set<number>;
  movedNumbers: Map<number, number>;
  collaborators: Map<number, Role>;
  requiredChecks: { context: string; appId: number | null }[];
  rules?: Rules;
  mergeGroups: MergeGroup[];
  checkRuns: Map<Sha, CheckRun[]>;
};

export type App = {
  id: number;
  slug: string;
  nodeId: string;
  name: string;
  ownerId: number;
  botId: number;
  createdAt: string;
  permissions: Record<string, string>;
  events: string[];
};

export type Installation = {
  id: number;
  nodeId: string;
  appId: number;
  accountId: number;
  repositoryIds: 'all' | Set<number>;
  suspendedAt: string | null;
  permissions: Record<string, string>;
  createdAt: string;
};

/** What a node id stands for. */
export type Node =
  | { type: 'Account'; it: Account }
  | { type: 'Repository'; it: Repository }
  | { type: 'Issue'; it: Issue }
  | { type: 'Comment'; it: Comment }
  | { type: 'Label'; it: Label }
  | { type: 'CheckRun'; it: CheckRun }
  | { type: 'Team'; it: Team };

export type State = {
  lastId: number;
  app: App | null;
  /** How the app's webhook is set, beside where it goes. */
  hook: { contentType: 'json' | 'form'; secret: boolean; insecureSsl: '0' | '1' };
  accounts: Map<number, Account>;
  logins: Map<string, number>;
  repositories: Map<number, Repository>;
  fullNames: Map<string, number>;
  oldFullNames: Map<string, number>;
  issues: Map<number, Issue>;
  labels: Map<number, Label>;
  comments: Map<number, Comment>;
  checkRuns: Map<number, CheckRun>;
  teams: Map<number, Team>;
  installations: Map<number, Installation>;
  tokens: Map<string, { installationId: number; expiresAt: string }>;
  nodes: Map<string, Node>;
};

/** An empty GitHub. Database ids start far above any issue number, so one can never pass for the other. */
export function emptyState(): State {
  return {
    lastId: 2_900_000_000,
    app: null,
    hook: { contentType: 'json', secret: true, insecureSsl: '0' },
    accounts: new Map(),
    logins: new Map(),
    repositories: new Map(),
    fullNames: new Map(),
    oldFullNames: new Map(),
    issues: new Map(),
    labels: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    teams: new Map(),
    installations: new Map(),
    tokens: new Map(),
    nodes: new Map(),
  };
}
