/** Labels of a repository and on its issues. */
import { labelsOf, need, repositoryById } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import { nextId, nodeId, register } from '../ids.ts';
import { invalid, Refused } from '../refusal.ts';
import { labelShape } from '../shapes/repository.ts';
import type { Issue, Label, Repository } from '../state.ts';
import { announceIssue } from './issues.ts';

const COLOR = 'ededed';

export function findLabel(repo: Repository, name: string): Label | undefined {
  const low = name.toLowerCase();
  return repo.labels.find((label) => label.name.toLowerCase() === low);
}

export type NewLabel = { name: string; color?: string; description?: string | null };

/** Makes a label; 422 `already_exists` for a name that differs only in case, and for a name over 50 characters. */
export function createLabel(hub: Hub, actor: Actor, repo: Repository, wanted: NewLabel): Label {
  need(actor, repo, 'triage');
  if (findLabel(repo, wanted.name) !== undefined) throw invalid('Label', 'name', 'already_exists');
  const color = wanted.color?.replace(/^#/, '') ?? COLOR;
  if (!/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color', 'invalid');
  if ((wanted.description ?? '').length > 100)
    throw invalid('Label', 'description', 'custom', 'description is too long (maximum is 100 characters)');
  return makeLabel(hub, repo, wanted.name, color, wanted.description ?? null);
}

function makeLabel(
  hub: Hub,
  repo: Repository,
  name: string,
  color: string,
  description: string | null,
): Label {
  if (name.trim() === '') throw invalid('Label', 'name', 'missing_field');
  if ([...name].length > 50)
    throw invalid('Label', 'name', 'custom', 'name is too long (maximum is 50 characters)');
  const id = nextId(hub.state);
  const label = {
    id,
    nodeId: nodeId('Label', id),
    repoId: repo.id,
    name,
    color: color.toLowerCase(),
    description,
  };
  repo.labels.push(label);
  hub.state.labels.set(id, label);
  register(hub.state, { type: 'Label', it: label });
  return label;
}

/** Makes exactly these the issue's labels, creating unknown ones; one webhook per label that comes or goes. */
export function setLabels(
  hub: Hub,
  actor: Actor,
  issue: Issue,
  names: readonly string[],
  options?: { permitted: boolean },
): void {
  const repo = repositoryById(hub.state, issue.repoId);
  if (options?.permitted !== true)
    need(actor, repo, 'triage', issue.pull === null ? 'issues' : 'pull_requests');
  if (names.length > 100)
    throw invalid('Issue', 'labels', 'custom', 'labels is too long (maximum is 100 labels)');
  const wanted = new Set(
    names.map((name) => findLabel(repo, name) ?? makeLabel(hub, repo, name, COLOR, null)),
  );
  for (const label of labelsOf(repo, issue)) if (!wanted.has(label)) unlabel(hub, actor, issue, label);
  for (const label of wanted) addOne(hub, actor, issue, label);
}

/** Adds labels to those there are. */
export function addLabels(hub: Hub, actor: Actor, issue: Issue, names: readonly string[]): void {
  const repo = repositoryById(hub.state, issue.repoId);
  setLabels(hub, actor, issue, [...labelsOf(repo, issue).map((label) => label.name), ...names]);
}

/** Takes one label off; 404 when it is not on the issue. */
export function removeLabel(hub: Hub, actor: Actor, issue: Issue, name: string): void {
  const repo = repositoryById(hub.state, issue.repoId);
  need(actor, repo, 'triage', issue.pull === null ? 'issues' : 'pull_requests');
  const label = findLabel(repo, name);
  if (label === undefined || !issue.labels.includes(label.id)) throw new Refused(404, 'Label does not exist');
  unlabel(hub, actor, issue, label);
}

/** Deletes a label from the repository and from every issue. */
export function deleteLabel(hub: Hub, actor: Actor, repo: Repository, name: string): void {
  need(actor, repo, 'write');
  const label = findLabel(repo, name);
  if (label === undefined) throw new Refused(404, 'Not Found');
  for (const issue of repo.issues.values())
    if (issue.labels.includes(label.id)) unlabel(hub, actor, issue, label);
  repo.labels = repo.labels.filter((one) => one !== label);
  hub.state.labels.delete(label.id);
  hub.state.nodes.delete(label.nodeId);
  hub.announce({
    event: 'label',
    action: 'deleted',
    sender: actor.user,
    repo,
    body: { label: labelShape(hub, repo, label) },
  });
}

function addOne(hub: Hub, actor: Actor, issue: Issue, label: Label): void {
  if (issue.labels.includes(label.id)) return;
  issue.labels.push(label.id);
  told(hub, actor, issue, label, 'labeled');
}

function unlabel(hub: Hub, actor: Actor, issue: Issue, label: Label): void {
  issue.labels = issue.labels.filter((id) => id !== label.id);
  told(hub, actor, issue, label, 'unlabeled');
}

function told(hub: Hub, actor: Actor, issue: Issue, label: Label, action: 'labeled' | 'unlabeled'): void {
  issue.updatedAt = hub.now();
  const { name, color } = label;
  const event = { id: nextId(hub.state), event: action, actorId: actor.user.id, createdAt: issue.updatedAt };
  issue.labelEvents.push({ ...event, label: { name, color } });
  const repo = repositoryById(hub.state, issue.repoId);
  announceIssue(hub, actor, issue, action, { label: labelShape(hub, repo, label) });
}
