/** Makes a Client of something that sends: versions, redirects, GraphQL and conditional reads. */
import type { Answer, Client, Params } from './client.ts';
import { GitHubFailure } from './failure.ts';
import { graphqlBody, isRateLimit } from './graphql-answer.ts';

type Manner = NonNullable<Parameters<Client['get']>[2]>;

/** What a client is made of: something that sends, and what is the same for every client of one server. */
interface ClientParts {
  readonly send: (route: string, params: Params) => Promise<Answer>;
  readonly graphqlUrl: string;
  readonly sleepsUntil: () => number | null;
  readonly shared: Pick<Client, 'features' | 'appId' | 'botLogin'>;
}

const apiVersion = { 'x-github-api-version': '2022-11-28' };

/** Statuses by which a server without GraphQL says so; 200 is a page. */
const noGraphql = new Set([200, 404, 405, 501]);

const asked = (params: Params, manner: Manner, headers: Params = {}): Params => ({
  ...params,
  headers: { ...apiVersion, ...headers },
  request: { priority: manner.priority ?? 0, redirect: manner.redirect ?? 'follow' },
});

const graphqlOver = (parts: ClientParts): Client['graphql'] => {
  const { features } = parts.shared;
  const route = `POST ${parts.graphqlUrl}`;
  const refuse = (status: number, message: string): GitHubFailure =>
    new GitHubFailure({ kind: 'refused', status, message, url: route });

  const post = async (params: Params, manner: Manner): Promise<Answer> => {
    try {
      return await parts.send(route, asked(params, { ...manner, redirect: 'manual' }));
    } catch (failure) {
      if (failure instanceof GitHubFailure && failure.kind === 'refused' && noGraphql.has(failure.status)) {
        features.learn('graphql', 'no');
      }
      throw failure;
    }
  };

  return async (query, variables = {}, manner = {}) => {
    const answer = await post({ query, variables }, manner);
    const body = graphqlBody.safeParse(answer.data);
    if (!body.success) {
      features.learn('graphql', 'no');
      throw refuse(answer.status, 'The answer is not GraphQL');
    }
    features.learn('graphql', 'yes');
    const { data, errors } = body.data;
    const limit = errors.find(isRateLimit);
    const limitedUntil = limit === undefined ? null : parts.sleepsUntil();
    if (data === null && limit !== undefined) {
      throw new GitHubFailure({
        kind: 'limited',
        status: 200,
        message: limit.message,
        url: route,
        until: limitedUntil,
      });
    }
    return { status: answer.status, headers: answer.headers, data, errors, limitedUntil };
  };
};

/** ClientParts → Client. */
export const makeClient = (parts: ClientParts): Client => ({
  ...parts.shared,
  get: (route, params = {}, manner = {}) => parts.send(route, asked(params, manner)),
  request: (route, params = {}, manner = {}) =>
    parts.send(route, asked(params, { ...manner, redirect: 'manual' })),
  graphql: graphqlOver(parts),
  getIfChanged: async (route, params, etag) => {
    const condition = etag == null ? {} : { 'if-none-match': etag };
    const answer = await parts.send(route, asked(params, {}, condition));
    if (answer.status === 304) return { changed: false };
    return { changed: true, data: answer.data, etag: answer.headers['etag']?.toString() ?? null };
  },
});
