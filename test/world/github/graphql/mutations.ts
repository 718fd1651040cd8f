/** What can be changed over GraphQL; each mutation causes the webhooks its REST twin causes. */
import { addBlocker, removeBlocker } from '../acts/tree.ts';
import type { Features, Shape } from '../hub.ts';
import { isShape } from '../request.ts';
import { addSubIssue, createIssue, edge, removeSubIssue, turn, updateIssue } from './mutate/issues.ts';
import {
  addLabelsTo,
  addReaction,
  comment,
  createCheck,
  label,
  removeLabelsFrom,
  updateCheck,
  updateComment,
} from './mutate/said.ts';
import { type Context, type Fields, fields } from './schema.ts';

type Mutation = {
  input: Record<string, boolean>;
  /** The payload's fields and their types. */
  answers: Record<string, string>;
  feature?: keyof Features;
  run: (input: Shape, context: Context) => Shape;
};

const CHECK = {
  repositoryId: true,
  name: false,
  status: false,
  conclusion: false,
  externalId: false,
  detailsUrl: false,
  output: false,
  startedAt: false,
  completedAt: false,
  actions: false,
};
const EDGE = {
  input: { issueId: true, blockingIssueId: true },
  answers: { issue: 'Issue', blockingIssue: 'Issue' },
  feature: 'dependencies',
} as const;

const MUTATIONS: Record<string, Mutation> = {
  createIssue: {
    input: {
      repositoryId: true,
      title: true,
      body: false,
      labelIds: false,
      assigneeIds: false,
      parentIssueId: false,
      milestoneId: false,
      issueTypeId: false,
    },
    answers: { issue: 'Issue' },
    run: createIssue,
  },
  updateIssue: {
    input: { id: true, title: false, body: false, labelIds: false, assigneeIds: false, state: false },
    answers: { issue: 'Issue' },
    run: updateIssue,
  },
  closeIssue: {
    input: { issueId: true, stateReason: false },
    answers: { issue: 'Issue' },
    run: turn('closed'),
  },
  reopenIssue: { input: { issueId: true }, answers: { issue: 'Issue' }, run: turn('open') },
  addSubIssue: {
    input: { issueId: true, subIssueId: false, subIssueUrl: false, replaceParent: false },
    answers: { issue: 'Issue', subIssue: 'Issue' },
    feature: 'subIssues',
    run: addSubIssue,
  },
  removeSubIssue: {
    input: { issueId: true, subIssueId: true },
    answers: { issue: 'Issue', subIssue: 'Issue' },
    feature: 'subIssues',
    run: removeSubIssue,
  },
  addBlockedBy: { ...EDGE, run: edge(addBlocker) },
  removeBlockedBy: { ...EDGE, run: edge(removeBlocker) },
  addComment: {
    input: { subjectId: true, body: true },
    answers: { commentEdge: 'IssueCommentEdge', subject: 'Node' },
    run: comment,
  },
  updateIssueComment: {
    input: { id: true, body: true },
    answers: { issueComment: 'IssueComment' },
    run: updateComment,
  },
  addReaction: {
    input: { subjectId: true, content: true },
    answers: { reaction: 'Reaction' },
    run: addReaction,
  },
  addLabelsToLabelable: {
    input: { labelableId: true, labelIds: true },
    answers: { labelable: 'Node' },
    run: addLabelsTo,
  },
  removeLabelsFromLabelable: {
    input: { labelableId: true, labelIds: true },
    answers: { labelable: 'Node' },
    run: removeLabelsFrom,
  },
  createLabel: {
    input: { repositoryId: true, name: true, color: true, description: false },
    answers: { label: 'Label' },
    run: label,
  },
  createCheckRun: {
    input: { ...CHECK, name: true, headSha: true },
    answers: { checkRun: 'CheckRun' },
    run: createCheck,
  },
  updateCheckRun: {
    input: { ...CHECK, checkRunId: true },
    answers: { checkRun: 'CheckRun' },
    run: updateCheck,
  },
};

/** The mutation root and one payload type per mutation. */

/** The mutation root and one payload type per mutation. */
export function mutationTypes(): Record<string, Fields> {
  const types: Record<string, Fields> = {};
  const root: Fields = {};
  for (const [name, { input, answers, feature, run }] of Object.entries(MUTATIONS)) {
    const payload = `${name[0]?.toUpperCase()}${name.slice(1)}Payload`;
    const read = (_: unknown, args: Shape, context: Context) =>
      run(isShape(args['input']) ? args['input'] : {}, context);
    const known = { ...input, clientMutationId: false };
    root[name] = {
      type: payload,
      args: { input: true },
      input: known,
      read,
      ...(feature === undefined ? {} : { feature }),
    };
    types[payload] = {
      ...fields<Shape>(
        Object.fromEntries(
          Object.entries(answers).map(([key, type]) => [key, { type, read: (it: Shape) => it[key] }]),
        ),
      ),
      clientMutationId: { type: null, read: () => null },
    };
  }
  return { ...types, Mutation: root };
}
