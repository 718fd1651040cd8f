/** One HTTP request as the routes see it, and the readers for what is in it. */
import { issueByNumber, repositoryById, repositoryByName } from './find.ts';
import type { Actor, Hub, Shape } from './hub.ts';
import { notFound, Refused } from './refusal.ts';
import type { App, Issue, Repository } from './state.ts';

export type Answer = {
  status: number;
  body?: unknown;
  /** Sent as it is instead of `body`, with its own content type. */
  raw?: { text: string; type: string };
  headers?: Record<string, string>;
};

export type Call = {
  hub: Hub;
  /** A person or an installation; null on the app's own routes. */
  as: Actor | null;
  /** Set when the request carries the app's JWT. */
  app: App | null;
  params: Record<string, string>;
  query: URLSearchParams;
  body: Shape;
  accept: string;
};

export type Route = { method: string; path: string; answer: (call: Call) => Answer };

export function route(method: string, path: string, answer: (call: Call) => Answer): Route {
  return { method, path, answer };
}

export function ok(body: unknown, status = 200): Answer {
  return { status, body };
}

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** The person or installation asking; 401 without one. */
export function asker(call: Call): Actor {
  if (call.as === null) throw new Refused(401, 'Requires authentication');
  return call.as;
}

/** The app asking with its JWT; 401 without one. */
export function appAsking(call: Call): App {
  if (call.app === null) throw new Refused(401, 'A JSON web token could not be decoded');
  return call.app;
}

/** The repository in the path, if the asker may see it: else 404. */
export function repoOf(call: Call): Repository {
  const id = call.params['repository_id'];
  const repo =
    id === undefined
      ? repositoryByName(call.hub, param(call, 'owner'), param(call, 'repo'))
      : repositoryById(call.hub.state, Number(id));
  const installation = call.as?.installation;
  if (installation == null) {
    if (call.app === null && repo.private && !repo.collaborators.has(call.as?.user.id ?? 0)) throw notFound();
    return repo;
  }
  if (installation.suspendedAt !== null) throw new Refused(403, 'This installation has been suspended');
  const selected = installation.repositoryIds === 'all' || installation.repositoryIds.has(repo.id);
  if (selected && installation.accountId === repo.ownerId) return repo;
  if (repo.private) throw notFound();
  throw new Refused(403, 'Resource not accessible by integration');
}

/** The issue in the path. */
export function issueOf(call: Call, name = 'issue_number'): Issue {
  const repo = repoOf(call);
  const issue = issueByNumber(call.hub, repo, Number(param(call, name)));
  if (repo.issuesOff === true && issue.pull === null)
    throw new Refused(410, 'Issues has been disabled in this repository.');
  return issue;
}

function wrong(what: string): Refused {
  return new Refused(422, `Invalid request.\n\n${what}`);
}

export function text(from: Shape, key: string): string | undefined {
  const value = from[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string')
    throw wrong(`For 'properties/${key}', ${JSON.stringify(value)} is not a string.`);
  return value;
}

export function needText(from: Shape, key: string): string {
  const value = text(from, key);
  if (value === undefined) throw wrong(`"${key}" wasn't supplied.`);
  return value;
}

export function needNumber(from: Shape, key: string): number {
  const value = from[key];
  if (value === undefined) throw wrong(`"${key}" wasn't supplied.`);
  if (typeof value !== 'number')
    throw wrong(`For 'properties/${key}', ${JSON.stringify(value)} is not an integer.`);
  return value;
}

export function object(from: Shape, key: string): Shape | undefined {
  const value = from[key];
  return isShape(value) ? value : undefined;
}

export function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of names: strings, or objects with a `name`. */
export function texts(from: Shape, key: string): string[] | undefined {
  const value = from[key];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value))
    throw wrong(`For 'properties/${key}', ${JSON.stringify(value)} is not an array.`);
  return value.map((one: unknown) => {
    if (typeof one === 'string') return one;
    if (isShape(one) && typeof one['name'] === 'string') return one['name'];
    throw wrong(`For 'items', ${JSON.stringify(one)} is not a string.`);
  });
}

/** One page of a list, with GitHub's `Link` header. */
export function page<T>(call: Call, path: string, all: readonly T[], write: (one: T) => unknown): Answer {
  const { items, headers } = cut(call, path, all);
  return { status: 200, body: items.map(write), headers };
}

/** The asked-for part of a list and its `Link` header. */
export function cut<T>(
  call: Call,
  path: string,
  all: readonly T[],
): { items: readonly T[]; headers: Record<string, string> } {
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30) || 30));
  const at = Math.max(1, Number(call.query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const to = (n: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(n));
    return `<${call.hub.url}${path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(at > 1 ? [to(at - 1, 'prev')] : []),
    ...(at < last ? [to(at + 1, 'next'), to(last, 'last')] : []),
    ...(at > 1 ? [to(1, 'first')] : []),
  ];
  const items = all.slice((at - 1) * size, at * size);
  return { items, headers: links.length === 0 ? {} : { link: links.join(', ') } };
}
