/** Issues: list, open, read, change, lock. */
import {
  assignable,
  editIssue,
  lockIssue,
  needAuthorOr,
  openIssue,
  setAssignees,
  setIssueState,
} from '../acts/issues.ts';
import { setLabels } from '../acts/labels.ts';
import { accountById, accountByLogin, fullName, labelsOf } from '../find.ts';
import type { Shape } from '../hub.ts';
import { invalid, notFound, Refused } from '../refusal.ts';
import {
  type Answer,
  asker,
  type Call,
  issueOf,
  needText,
  ok,
  page,
  param,
  type Route,
  repoOf,
  route,
  text,
  texts,
} from '../request.ts';
import { userOrNull } from '../shapes/account.ts';
import { issueShape } from '../shapes/issue.ts';
import type { Issue, Repository } from '../state.ts';

const ASSIGNEES = 10;

function list(call: Call): Answer {
  const repo = repoOf(call);
  const wanted = [...repo.issues.values()].filter((issue) => matches(call, repo, issue));
  const by = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const up = call.query.get('direction') === 'asc';
  wanted.sort((a, b) => (a[by] === b[by] ? a.number - b.number : a[by] < b[by] ? -1 : 1));
  if (!up) wanted.reverse();
  return page(call, `/repos/${fullName(call.hub.state, repo)}/issues`, wanted, (issue) =>
    issueShape(call.hub, issue),
  );
}

function matches(call: Call, repo: Repository, issue: Issue): boolean {
  const { query, hub } = call;
  const state = query.get('state') ?? 'open';
  if (state !== 'all' && issue.state !== state) return false;
  const since = query.get('since');
  if (since !== null && Date.parse(issue.updatedAt) < Date.parse(since)) return false;
  const creator = query.get('creator');
  if (creator !== null && accountById(hub.state, issue.userId).login.toLowerCase() !== creator.toLowerCase())
    return false;
  const assignee = query.get('assignee');
  if (
    assignee !== null &&
    assignee !== '*' &&
    !issue.assignees.includes(accountByLogin(hub.state, assignee)?.id ?? 0)
  )
    return false;
  const labels = query.get('labels');
  if (labels === null || labels === '') return true;
  const there = new Set(labelsOf(repo, issue).map((label) => label.name.toLowerCase()));
  return labels.split(',').every((name) => there.has(name.trim().toLowerCase()));
}

function title(body: Shape): string {
  const value = body['title'];
  return typeof value === 'number' ? String(value) : needText(body, 'title');
}

function create(call: Call): Answer {
  const labels = texts(call.body, 'labels') ?? [];
  const assignees = texts(call.body, 'assignees') ?? [];
  if (assignees.length > ASSIGNEES)
    throw invalid('Issue', 'assignees', 'custom', 'assignees is too long (maximum is 10)');
  const wanted = { title: title(call.body), body: text(call.body, 'body') ?? null, labels, assignees };
  const issue = openIssue(call.hub, asker(call), repoOf(call), wanted);
  const shape = issueShape(call.hub, issue);
  return { status: 201, body: shape, headers: { location: String(shape['url']) } };
}

function update(call: Call): Answer {
  const issue = issueOf(call);
  const actor = asker(call);
  const { hub, body } = call;
  needAuthorOr(actor, repoOf(call), issue);
  const newTitle = text(body, 'title');
  const newBody = body['body'] === null ? null : text(body, 'body');
  editIssue(hub, actor, issue, {
    ...(newTitle === undefined ? {} : { title: newTitle }),
    ...(newBody === undefined ? {} : { body: newBody }),
  });
  const labels = texts(body, 'labels');
  if (labels !== undefined) setLabels(hub, actor, issue, labels);
  const assignees = texts(body, 'assignees');
  if (assignees !== undefined) setAssignees(hub, actor, issue, assignees);
  const state = text(body, 'state');
  const reason = text(body, 'state_reason');
  if (state === 'open' || state === 'closed') setIssueState(hub, actor, issue, state, reason);
  else if (state !== undefined) throw invalid('Issue', 'state', 'invalid');
  return ok(issueShape(hub, issue));
}

function lock(call: Call): Answer {
  const reason = text(call.body, 'lock_reason') ?? null;
  lockIssue(call.hub, asker(call), issueOf(call), true, reason);
  return { status: 204 };
}

function unlock(call: Call): Answer {
  lockIssue(call.hub, asker(call), issueOf(call), false);
  return { status: 204 };
}

function assigneesOf(call: Call, change: (now: string[], named: string[]) => string[]): Issue {
  const issue = issueOf(call);
  const named = texts(call.body, 'assignees');
  if (named === undefined) throw new Refused(422, `Invalid request.\n\n"assignees" wasn't supplied.`);
  const now = issue.assignees.map((id) => accountById(call.hub.state, id).login);
  setAssignees(call.hub, asker(call), issue, change(now, named));
  return issue;
}

function addAssignees(call: Call): Answer {
  return ok(
    issueShape(
      call.hub,
      assigneesOf(call, (now, named) => [...new Set([...now, ...named])]),
    ),
    201,
  );
}

function removeAssignees(call: Call): Answer {
  return ok(
    issueShape(
      call.hub,
      assigneesOf(call, (now, named) => now.filter((login) => !named.includes(login))),
    ),
  );
}

/** Of an issue's history only labels are kept. */
function events(call: Call): Answer {
  const issue = issueOf(call);
  const at = `/repos/${fullName(call.hub.state, repoOf(call))}/issues`;
  return page(call, `${at}/${issue.number}/events`, issue.labelEvents, (one) => ({
    id: one.id,
    node_id: `LE_${one.id}`,
    url: `${call.hub.url}${at}/events/${one.id}`,
    actor: userOrNull(call.hub, one.actorId),
    event: one.event,
    commit_id: null,
    commit_url: null,
    created_at: one.createdAt,
    label: one.label,
    performed_via_github_app: null,
  }));
}

/** 204 for who may be assigned, 404 for others. */
function mayBeAssigned(call: Call): Answer {
  if (assignable(call.hub, repoOf(call), param(call, 'assignee')).length === 0) throw notFound();
  return { status: 204 };
}

export const issueRoutes: readonly Route[] = [
  route('GET', '/repos/{owner}/{repo}/issues', list),
  route('POST', '/repos/{owner}/{repo}/issues', create),
  route('GET', '/repos/{owner}/{repo}/issues/{issue_number}', (call) =>
    ok(issueShape(call.hub, issueOf(call))),
  ),
  route('GET', '/repositories/{repository_id}/issues/{issue_number}', (call) =>
    ok(issueShape(call.hub, issueOf(call))),
  ),
  route('GET', '/repos/{owner}/{repo}/issues/{issue_number}/events', events),
  route('GET', '/repos/{owner}/{repo}/assignees/{assignee}', mayBeAssigned),
  route('PATCH', '/repos/{owner}/{repo}/issues/{issue_number}', update),
  route('PUT', '/repos/{owner}/{repo}/issues/{issue_number}/lock', lock),
  route('DELETE', '/repos/{owner}/{repo}/issues/{issue_number}/lock', unlock),
  route('POST', '/repos/{owner}/{repo}/issues/{issue_number}/assignees', addAssignees),
  route('DELETE', '/repos/{owner}/{repo}/issues/{issue_number}/assignees', removeAssignees),
];
