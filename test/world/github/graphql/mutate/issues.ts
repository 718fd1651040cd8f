import { editIssue, openIssue, setAssignees, setIssueState } from '../../acts/issues.ts';
import { setLabels } from '../../acts/labels.ts';
import { type addBlocker, adopt, disown } from '../../acts/tree.ts';
import type { Shape } from '../../hub.ts';
import { Refused } from '../../refusal.ts';
import { texts } from '../../request.ts';
import type { Issue } from '../../state.ts';
import type { Context } from '../schema.ts';
import { get, labelNames, logins, needed, optional } from './input.ts';

export function createIssue(input: Shape, context: Context): Shape {
  const repo = get(context, 'Repository', input['repositoryId']);
  const parent = input['parentIssueId'] == null ? undefined : get(context, 'Issue', input['parentIssueId']);
  const issue = openIssue(context.hub, context.as, repo, {
    title: needed(input, 'title'),
    body: optional(input, 'body') ?? null,
    labels: labelNames(context, texts(input, 'labelIds') ?? []),
    assignees: logins(context, texts(input, 'assigneeIds') ?? []),
    ...(parent === undefined ? {} : { parent }),
  });
  return { issue };
}

export function updateIssue(input: Shape, context: Context): Shape {
  const { hub, as } = context;
  const issue = get(context, 'Issue', input['id']);
  const title = optional(input, 'title');
  const body = optional(input, 'body');
  editIssue(hub, as, issue, {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
  });
  const labels = texts(input, 'labelIds');
  if (labels !== undefined) setLabels(hub, as, issue, labelNames(context, labels));
  const assignees = texts(input, 'assigneeIds');
  if (assignees !== undefined) setAssignees(hub, as, issue, logins(context, assignees));
  const state = optional(input, 'state');
  if (state !== undefined) setIssueState(hub, as, issue, state === 'OPEN' ? 'open' : 'closed');
  return { issue };
}

function childOf(input: Shape, context: Context): Issue {
  if (input['subIssueId'] != null) return get(context, 'Issue', input['subIssueId']);
  const number = /\/issues\/(\d+)$/.exec(needed(input, 'subIssueUrl'))?.[1];
  const repo = context.hub.state.repositories.get(get(context, 'Issue', input['issueId']).repoId);
  const found = repo?.issues.get(Number(number));
  if (found === undefined) throw new Refused(404, 'The provided sub-issue does not exist');
  return found;
}

export function addSubIssue(input: Shape, context: Context): Shape {
  const issue = get(context, 'Issue', input['issueId']);
  const subIssue = childOf(input, context);
  adopt(context.hub, context.as, {
    parent: issue,
    child: subIssue,
    replace: input['replaceParent'] === true,
  });
  return { issue, subIssue };
}

export function removeSubIssue(input: Shape, context: Context): Shape {
  const issue = get(context, 'Issue', input['issueId']);
  const subIssue = get(context, 'Issue', input['subIssueId']);
  disown(context.hub, context.as, issue, subIssue);
  return { issue, subIssue };
}

export function edge(change: typeof addBlocker): (input: Shape, context: Context) => Shape {
  return (input, context) => {
    const issue = get(context, 'Issue', input['issueId']);
    const blockingIssue = get(context, 'Issue', input['blockingIssueId']);
    change(context.hub, context.as, issue, blockingIssue);
    return { issue, blockingIssue };
  };
}

export function turn(state: 'open' | 'closed'): (input: Shape, context: Context) => Shape {
  return (input, context) => {
    const issue = get(context, 'Issue', input['issueId']);
    setIssueState(context.hub, context.as, issue, state, optional(input, 'stateReason')?.toLowerCase());
    return { issue };
  };
}
