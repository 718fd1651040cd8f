/** Labels of a repository and on issues. */
import { addLabels, createLabel, deleteLabel, findLabel, removeLabel, setLabels } from '../acts/labels.ts';
import { fullName, labelsOf } from '../find.ts';
import { notFound } from '../refusal.ts';
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
import { labelShape } from '../shapes/repository.ts';
import type { Issue } from '../state.ts';

function onIssue(call: Call, issue: Issue): Answer {
  const repo = repoOf(call);
  return ok(labelsOf(repo, issue).map((label) => labelShape(call.hub, repo, label)));
}

function add(call: Call): Answer {
  const issue = issueOf(call);
  addLabels(call.hub, asker(call), issue, texts(call.body, 'labels') ?? []);
  return onIssue(call, issue);
}

function replace(call: Call): Answer {
  const issue = issueOf(call);
  setLabels(call.hub, asker(call), issue, texts(call.body, 'labels') ?? []);
  return onIssue(call, issue);
}

function remove(call: Call): Answer {
  const issue = issueOf(call);
  removeLabel(call.hub, asker(call), issue, param(call, 'name'));
  return onIssue(call, issue);
}

function list(call: Call): Answer {
  const repo = repoOf(call);
  const path = `/repos/${fullName(call.hub.state, repo)}/labels`;
  return page(call, path, repo.labels, (label) => labelShape(call.hub, repo, label));
}

function create(call: Call): Answer {
  const repo = repoOf(call);
  const color = text(call.body, 'color');
  const wanted = { name: needText(call.body, 'name'), description: text(call.body, 'description') ?? null };
  const label = createLabel(call.hub, asker(call), repo, color === undefined ? wanted : { ...wanted, color });
  return ok(labelShape(call.hub, repo, label), 201);
}

function one(call: Call): Answer {
  const repo = repoOf(call);
  const label = findLabel(repo, param(call, 'name'));
  if (label === undefined) throw notFound();
  return ok(labelShape(call.hub, repo, label));
}

function destroy(call: Call): Answer {
  deleteLabel(call.hub, asker(call), repoOf(call), param(call, 'name'));
  return { status: 204 };
}

function update(call: Call): Answer {
  const repo = repoOf(call);
  const label = findLabel(repo, param(call, 'name'));
  if (label === undefined) throw notFound();
  label.name = text(call.body, 'new_name') ?? label.name;
  label.color = text(call.body, 'color') ?? label.color;
  label.description = text(call.body, 'description') ?? label.description;
  return ok(labelShape(call.hub, repo, label));
}

export const labelRoutes: readonly Route[] = [
  route('GET', '/repos/{owner}/{repo}/labels', list),
  route('POST', '/repos/{owner}/{repo}/labels', create),
  route('GET', '/repos/{owner}/{repo}/labels/{name}', one),
  route('PATCH', '/repos/{owner}/{repo}/labels/{name}', update),
  route('DELETE', '/repos/{owner}/{repo}/labels/{name}', destroy),
  route('GET', '/repos/{owner}/{repo}/issues/{issue_number}/labels', (call) => onIssue(call, issueOf(call))),
  route('POST', '/repos/{owner}/{repo}/issues/{issue_number}/labels', add),
  route('PUT', '/repos/{owner}/{repo}/issues/{issue_number}/labels', replace),
  route('DELETE', '/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', remove),
];
