import { fullName } from '../../find.ts';
import { Refused } from '../../refusal.ts';
import type { Issue, MergeGroup, Repository } from '../../state.ts';
import { type Fields, fields, paged, scalar } from '../schema.ts';
import { branch, commitIn, objectAt } from './files.ts';
import { personOf } from './people.ts';

type Queued = { group: MergeGroup; number: number; repo: Repository };

function numbered(repo: Repository, number: unknown, pulls: boolean): Issue {
  const found = repo.issues.get(Number(number));
  if (found !== undefined && (found.pull !== null) === pulls) return found;
  throw new Refused(
    404,
    `Could not resolve to ${pulls ? 'a PullRequest' : 'an Issue'} with the number of ${number}.`,
  );
}

function inStates(all: Iterable<Issue>, states: unknown): Issue[] {
  return [...all].filter((it) => !Array.isArray(states) || states.includes(it.state.toUpperCase()));
}

export const repository = fields<Repository>({
  id: scalar((it) => it.nodeId),
  databaseId: scalar((it) => it.id),
  name: scalar((it) => it.name),
  nameWithOwner: scalar((it, { hub }) => fullName(hub.state, it)),
  isPrivate: scalar((it) => it.private),
  url: scalar((it, { hub }) => `${hub.url}/${fullName(hub.state, it)}`),
  owner: { type: 'RepositoryOwner', read: (it, _, context) => personOf(it.ownerId, context) },
  labels: paged('Label', (it) => it.labels, { orderBy: false, query: false }),
  label: {
    type: 'Label',
    args: { name: true },
    read: (it, args) =>
      it.labels.find((one) => one.name.toLowerCase() === String(args['name']).toLowerCase()) ?? null,
  },
  issue: { type: 'Issue', args: { number: true }, read: (it, args) => numbered(it, args['number'], false) },
  pullRequest: {
    type: 'PullRequest',
    args: { number: true },
    read: (it, args) => numbered(it, args['number'], true),
  },
  issues: paged(
    'Issue',
    (it, _, args) =>
      inStates(
        [...it.issues.values()].filter((one) => one.pull === null),
        args['states'],
      ),
    {
      states: false,
      orderBy: false,
    },
  ),
  pullRequests: paged('PullRequest', (it, _, args) => inStates(it.pulls, args['states']), {
    states: false,
    orderBy: false,
  }),
  object: {
    type: 'GitObject',
    args: { expression: false, oid: false },
    read: (it, args) => objectAt(it, String(args['expression'] ?? args['oid'])),
  },
  defaultBranchRef: { type: 'Ref', read: (it) => branch(it, it.defaultBranch) },
  ref: {
    type: 'Ref',
    args: { qualifiedName: true },
    read: (it, args) => branch(it, String(args['qualifiedName']).replace(/^refs\/heads\//, '')),
  },
  mergeQueue: { type: 'MergeQueue', args: { branch: false }, read: (it) => it },
});

export const queue: Record<string, Fields> = {
  MergeQueue: fields<Repository>({
    entries: paged('MergeQueueEntry', (it) =>
      it.mergeGroups.flatMap((group) => group.pulls.map((number): Queued => ({ group, number, repo: it }))),
    ),
  }),
  MergeQueueEntry: fields<Queued>({
    headCommit: { type: 'Commit', read: (it) => commitIn(it.repo, it.group.headSha) },
    baseCommit: { type: 'Commit', read: (it) => commitIn(it.repo, it.group.baseSha) },
    pullRequest: { type: 'PullRequest', read: (it) => it.repo.issues.get(it.number) ?? null },
    state: scalar(() => 'AWAITING_CHECKS'),
  }),
};
