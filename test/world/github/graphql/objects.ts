/** Every GraphQL object type the stand-in knows. */

import { files } from './objects/files.ts';
import { issue, pullRequest } from './objects/issues.ts';
import { account, organization, team } from './objects/people.ts';
import { queue, repository } from './objects/repositories.ts';
import { said } from './objects/said.ts';
import { connection, type Fields, pageInfo, scalar } from './schema.ts';

const CONNECTED = [
  'Label',
  'User',
  'IssueComment',
  'Reaction',
  'Issue',
  'PullRequest',
  'PullRequestCommit',
  'PullRequestReview',
  'MergeQueueEntry',
  'GitActor',
];
const users = connection('User');
const idOnly: Fields = { id: scalar((it: { nodeId: string }) => it.nodeId) as Fields[string] };
const loginOnly: Fields = { ...idOnly, login: account['login'], url: account['url'] } as Fields;

export const objectTypes: Record<string, Fields> = {
  ...Object.assign({}, ...CONNECTED.map(connection)),
  ...users,
  TeamMemberConnection: users['UserConnection'] ?? {},
  ...pageInfo,
  ...files,
  ...queue,
  ...said,
  User: account,
  Bot: account,
  Organization: organization,
  Team: team,
  Actor: loginOnly,
  RepositoryOwner: loginOnly,
  Node: idOnly,
  Repository: repository,
  Issue: issue,
  PullRequest: pullRequest,
};
