/** What people do on issues: open, label, say, edit, close, delete, move. */
import { addComment, deleteComment, editComment, react } from '../acts/comments.ts';
import { pushFiles } from '../acts/commits.ts';
import {
  deleteIssue,
  editIssue,
  lockIssue,
  type NewIssue,
  openIssue,
  setAssignees,
  setIssueState,
  transferIssue,
} from '../acts/issues.ts';
import { addLabels, removeLabel } from '../acts/labels.ts';
import { accountById } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import type { Comment, Commit, Issue, Repository } from '../state.ts';
import { homeOf } from './home.ts';

/** Where nothing else is named, people act in the first repository of the world. */
export type IssueVerbs = {
  opensIssue(wanted: NewIssue, repo?: Repository): Issue;
  labels(issue: Issue, ...names: string[]): void;
  unlabels(issue: Issue, name: string): void;
  assigns(issue: Issue, ...logins: string[]): void;
  says(issue: Issue, text: string): Comment;
  edits(comment: Comment, text: string): void;
  deletes(comment: Comment): void;
  reacts(to: Issue | Comment, content: string): void;
  editsIssue(issue: Issue, wanted: { title?: string; body?: string | null }): void;
  closes(issue: Issue, reason?: 'completed' | 'not_planned'): void;
  reopens(issue: Issue): void;
  deletesIssue(issue: Issue): void;
  transfersIssue(issue: Issue, to: Repository): Issue;
  locks(issue: Issue, reason?: string): void;
  unlocks(issue: Issue): void;
  /** Commits straight to a branch (default: the default one) and pushes; null removes the file. */
  pushesFile(path: string, text: string | null, branch?: string, repo?: Repository): Commit;
};

export function issueVerbs(hub: Hub, actor: Actor): IssueVerbs {
  return {
    opensIssue: (wanted, repo = homeOf(hub)) => openIssue(hub, actor, repo, wanted),
    labels: (issue, ...names) => addLabels(hub, actor, issue, names),
    unlabels: (issue, name) => removeLabel(hub, actor, issue, name),
    assigns(issue, ...logins) {
      const now = issue.assignees.map((id) => accountById(hub.state, id).login);
      setAssignees(hub, actor, issue, [...new Set([...now, ...logins])]);
    },
    says: (issue, text) => addComment(hub, actor, issue, text),
    edits: (comment, text) => editComment(hub, actor, comment, text),
    deletes: (comment) => deleteComment(hub, actor, comment),
    reacts: (to, content) => void react(hub, actor, to, content),
    editsIssue: (issue, wanted) => editIssue(hub, actor, issue, wanted),
    closes: (issue, reason = 'completed') => setIssueState(hub, actor, issue, 'closed', reason),
    reopens: (issue) => setIssueState(hub, actor, issue, 'open'),
    deletesIssue: (issue) => deleteIssue(hub, actor, issue),
    transfersIssue: (issue, to) => transferIssue(hub, actor, issue, to),
    locks: (issue, reason) => lockIssue(hub, actor, issue, true, reason ?? null),
    unlocks: (issue) => lockIssue(hub, actor, issue, false),
    pushesFile(path, text, branch, repo = homeOf(hub)) {
      const wanted = {
        branch: branch ?? repo.defaultBranch,
        files: { [path]: text },
        message: `change ${path}`,
      };
      return pushFiles(hub, actor, repo, wanted);
    },
  };
}
