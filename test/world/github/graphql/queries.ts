/** What can be asked over GraphQL from the root. */
import { accountByLogin, repositoryByName } from '../find.ts';
import type { Shape } from '../hub.ts';
import { Refused } from '../refusal.ts';
import type { Node } from '../state.ts';
import { accountLike, issueLike } from './objects/people.ts';
import { type Concrete, type Context, type Fields, fields, scalar } from './schema.ts';

/** The object behind a node id; GitHub's NOT_FOUND when there is none. */
export function resolveNode(context: Context, id: unknown): Node {
  const node = typeof id === 'string' ? context.hub.state.nodes.get(id) : undefined;
  if (node === undefined)
    throw new Refused(404, `Could not resolve to a node with the global id of '${String(id)}'.`);
  return node;
}

function concrete(node: Node): Concrete {
  if (node.type === 'Issue') return issueLike(node.it);
  if (node.type === 'Account') return accountLike(node.it);
  return { concrete: node.type === 'Comment' ? 'IssueComment' : node.type, it: node.it };
}

function account(context: Context, login: unknown, kind: 'User' | 'Organization') {
  const found = accountByLogin(context.hub.state, String(login));
  if (found !== undefined && found.type === kind && !found.gone) return found;
  throw new Refused(
    404,
    `Could not resolve to ${kind === 'User' ? 'a User' : 'an Organization'} with the login of '${String(login)}'.`,
  );
}

function repository(_: unknown, args: Shape, context: Context) {
  try {
    const repo = repositoryByName(context.hub, String(args['owner']), String(args['name']));
    const { installation } = context.as;
    const ids = installation?.repositoryIds ?? 'all';
    if (!repo.private || ids === 'all' || ids.has(repo.id)) return repo;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  throw new Refused(
    404,
    `Could not resolve to a Repository with the name '${String(args['owner'])}/${String(args['name'])}'.`,
  );
}

/** The root type; `introspect` answers `__type`. */
export function queryType(introspect: (name: string, context: Context) => unknown): Record<string, Fields> {
  return {
    Query: fields<unknown>({
      repository: {
        type: 'Repository',
        args: { owner: true, name: true, followRenames: false },
        read: repository,
      },
      node: {
        type: 'Node',
        args: { id: true },
        read: (_, args, context) => concrete(resolveNode(context, args['id'])),
      },
      nodes: {
        type: 'Node',
        args: { ids: true },
        read: (_, args, context) =>
          (Array.isArray(args['ids']) ? args['ids'] : []).map((id: unknown) => {
            const node = typeof id === 'string' ? context.hub.state.nodes.get(id) : undefined;
            return node === undefined ? null : concrete(node);
          }),
      },
      user: {
        type: 'User',
        args: { login: true },
        read: (_, args, context) => account(context, args['login'], 'User'),
      },
      organization: {
        type: 'Organization',
        args: { login: true },
        read: (_, args, context) => account(context, args['login'], 'Organization'),
      },
      viewer: { type: 'User', read: (_, __, { as }) => as.user },
      rateLimit: { type: 'RateLimit', args: { dryRun: false }, read: () => ({}) },
      __type: {
        type: '__Type',
        args: { name: true },
        read: (_, args, context) => introspect(String(args['name']), context),
      },
    }),
    RateLimit: fields<unknown>({
      limit: scalar(() => 5000),
      cost: scalar(() => 1),
      remaining: scalar(() => 4999),
      used: scalar(() => 1),
      resetAt: scalar((_, { hub }) => hub.now()),
    }),
    __Type: fields<{ name: string; fields: string[]; input: boolean }>({
      name: scalar((it) => it.name),
      kind: scalar((it) => (it.input ? 'INPUT_OBJECT' : 'OBJECT')),
      fields: {
        type: '__Field',
        args: { includeDeprecated: false },
        read: (it) => (it.input ? null : it.fields.map((name) => ({ name }))),
      },
      inputFields: {
        type: '__Field',
        args: { includeDeprecated: false },
        read: (it) => (it.input ? it.fields.map((name) => ({ name })) : null),
      },
    }),
    __Field: fields<{ name: string }>({ name: scalar((it) => it.name) }),
  };
}
