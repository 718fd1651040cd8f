/** Sub-issues and dependencies; all of it 404 where the server does not have the feature. */
import { addBlocker, adopt, disown, removeBlocker, reorder } from '../acts/tree.ts';
import { fullName, issueById } from '../find.ts';
import type { Features } from '../hub.ts';
import { notFound, Refused } from '../refusal.ts';
import {
  type Answer,
  asker,
  type Call,
  issueOf,
  needNumber,
  ok,
  page,
  param,
  type Route,
  repoOf,
  route,
} from '../request.ts';
import { issueShape } from '../shapes/issue.ts';
import type { Issue } from '../state.ts';

function gated(feature: keyof Features, answer: (call: Call) => Answer): (call: Call) => Answer {
  return (call) => {
    if (!call.hub.features[feature]) throw notFound();
    return answer(call);
  };
}

// Always the database id: a number that happens to be an issue's number is somebody else's issue, or nobody's.
function named(call: Call, key: string): Issue {
  return existing(call, needNumber(call.body, key));
}

function existing(call: Call, id: number): Issue {
  const issue = call.hub.state.issues.get(id);
  if (issue === undefined) throw new Refused(404, 'The provided issue does not exist');
  return issue;
}

function listed(call: Call, where: string, ids: readonly number[]): Answer {
  const issue = issueOf(call);
  const path = `/repos/${fullName(call.hub.state, repoOf(call))}/issues/${issue.number}/${where}`;
  const issues = ids.map((id) => issueById(call.hub.state, id));
  return page(call, path, issues, (one) => issueShape(call.hub, one));
}

function addSubIssue(call: Call): Answer {
  const parent = issueOf(call);
  const child = named(call, 'sub_issue_id');
  adopt(call.hub, asker(call), { parent, child, replace: call.body['replace_parent'] === true });
  return ok(issueShape(call.hub, child), 201);
}

function removeSubIssue(call: Call): Answer {
  const parent = issueOf(call);
  disown(call.hub, asker(call), parent, named(call, 'sub_issue_id'));
  return ok(issueShape(call.hub, parent));
}

function parentOf(call: Call): Answer {
  const { parentId } = issueOf(call);
  if (parentId === null) throw notFound();
  return ok(issueShape(call.hub, issueById(call.hub.state, parentId)));
}

function prioritise(call: Call): Answer {
  const parent = issueOf(call);
  const { after_id: after, before_id: before } = call.body;
  reorder(call.hub, asker(call), parent, {
    child: needNumber(call.body, 'sub_issue_id'),
    ...(typeof after === 'number' ? { after } : {}),
    ...(typeof before === 'number' ? { before } : {}),
  });
  return ok(issueShape(call.hub, parent));
}

function addBlockedBy(call: Call): Answer {
  const blocker = named(call, 'issue_id');
  addBlocker(call.hub, asker(call), issueOf(call), blocker);
  return ok(issueShape(call.hub, blocker), 201);
}

function removeBlockedBy(call: Call): Answer {
  const blocker = existing(call, Number(param(call, 'issue_id')));
  removeBlocker(call.hub, asker(call), issueOf(call), blocker);
  return ok(issueShape(call.hub, blocker));
}

const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
const tree = (method: string, path: string, answer: (call: Call) => Answer) =>
  route(method, `${ISSUE}/${path}`, gated('subIssues', answer));
const edge = (method: string, path: string, answer: (call: Call) => Answer) =>
  route(method, `${ISSUE}/dependencies/${path}`, gated('dependencies', answer));

export const treeRoutes: readonly Route[] = [
  tree('GET', 'sub_issues', (call) => listed(call, 'sub_issues', issueOf(call).subIssues)),
  tree('POST', 'sub_issues', addSubIssue),
  tree('DELETE', 'sub_issue', removeSubIssue),
  tree('PATCH', 'sub_issues/priority', prioritise),
  tree('GET', 'parent', parentOf),
  edge('GET', 'blocked_by', (call) => listed(call, 'dependencies/blocked_by', issueOf(call).blockedBy)),
  edge('POST', 'blocked_by', addBlockedBy),
  edge('DELETE', 'blocked_by/{issue_id}', removeBlockedBy),
  edge('GET', 'blocking', (call) => listed(call, 'dependencies/blocking', issueOf(call).blocking)),
];
