/** GraphQL mutations of comments, reactions, labels and check runs. */
import { createCheckRun, updateCheckRun } from '../../acts/checks.ts';
import { addComment, editComment, react } from '../../acts/comments.ts';
import { addLabels, createLabel, removeLabel } from '../../acts/labels.ts';
import { labelsOf, repositoryById } from '../../find.ts';
import type { Shape } from '../../hub.ts';
import { Refused } from '../../refusal.ts';
import { isShape, texts } from '../../request.ts';
import type { Comment, Issue } from '../../state.ts';
import { issueLike } from '../objects/people.ts';
import { resolveNode } from '../queries.ts';
import type { Context } from '../schema.ts';
import { get, labelNames, needed, optional } from './input.ts';

export function comment(input: Shape, context: Context): Shape {
  const subject = get(context, 'Issue', input['subjectId']);
  const node = addComment(context.hub, context.as, subject, needed(input, 'body'));
  return { commentEdge: { node, cursor: node.nodeId }, subject: issueLike(subject) };
}

export function updateComment(input: Shape, context: Context): Shape {
  const issueComment = get(context, 'Comment', input['id']);
  editComment(context.hub, context.as, issueComment, needed(input, 'body'));
  return { issueComment };
}

export function addReaction(input: Shape, context: Context): Shape {
  const node = resolveNode(context, input['subjectId']);
  if (node.type !== 'Issue' && node.type !== 'Comment')
    throw new Refused(404, 'Could not resolve to a Reactable');
  const subject: Issue | Comment = node.it;
  const names: Record<string, string> = { THUMBS_UP: '+1', THUMBS_DOWN: '-1' };
  const content = needed(input, 'content');
  return {
    reaction: react(context.hub, context.as, subject, names[content] ?? content.toLowerCase()).reaction,
  };
}

export function label(input: Shape, context: Context): Shape {
  const repo = get(context, 'Repository', input['repositoryId']);
  const description = optional(input, 'description') ?? null;
  return {
    label: createLabel(context.hub, context.as, repo, {
      name: needed(input, 'name'),
      color: needed(input, 'color'),
      description,
    }),
  };
}

export function addLabelsTo(input: Shape, context: Context): Shape {
  const labelable = get(context, 'Issue', input['labelableId']);
  addLabels(context.hub, context.as, labelable, labelNames(context, texts(input, 'labelIds') ?? []));
  return { labelable: issueLike(labelable) };
}

export function removeLabelsFrom(input: Shape, context: Context): Shape {
  const labelable = get(context, 'Issue', input['labelableId']);
  const there = new Set(
    labelsOf(repositoryById(context.hub.state, labelable.repoId), labelable).map(({ name }) => name),
  );
  // What is not on it is not missed.
  for (const name of labelNames(context, texts(input, 'labelIds') ?? []))
    if (there.has(name)) removeLabel(context.hub, context.as, labelable, name);
  return { labelable: issueLike(labelable) };
}

function patch(input: Shape) {
  const output = input['output'];
  const lower = (key: string) => optional(input, key)?.toLowerCase();
  const written = isShape(output) ? output : undefined;
  return {
    name: optional(input, 'name'),
    status: lower('status'),
    conclusion: lower('conclusion'),
    externalId: optional(input, 'externalId'),
    detailsUrl: optional(input, 'detailsUrl'),
    startedAt: optional(input, 'startedAt'),
    completedAt: optional(input, 'completedAt'),
    output: written && {
      title: optional(written, 'title'),
      summary: optional(written, 'summary'),
      text: optional(written, 'text'),
      annotations: 0,
    },
  };
}

export function createCheck(input: Shape, context: Context): Shape {
  const repo = get(context, 'Repository', input['repositoryId']);
  return {
    checkRun: createCheckRun(context.hub, context.as, repo, {
      ...patch(input),
      headSha: needed(input, 'headSha'),
    }),
  };
}

export function updateCheck(input: Shape, context: Context): Shape {
  const checkRun = get(context, 'CheckRun', input['checkRunId']);
  updateCheckRun(context.hub, context.as, checkRun, patch(input));
  return { checkRun };
}
