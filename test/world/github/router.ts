/** Finds the route for a method and a path, and what the path's parameters are. */
import type { Route } from './request.ts';

type Compiled = { route: Route; pattern: RegExp; names: string[] };
export type Match = { route: Route; params: Record<string, string> };
export type Router = (method: string, path: string) => Match | undefined;

// These may hold slashes: a file's path, a branch name.
const WIDE = new Set(['/contents/{path}', '/git/ref/{ref}']);

function compile(route: Route): Compiled {
  const names: string[] = [];
  const wide = [...WIDE].some((end) => route.path.endsWith(end));
  const source = route.path
    .replace(/[.]/g, '\\.')
    .replace(/\{(\w+)\}/g, (whole, name: string, at: number) => {
      names.push(name);
      return wide && at + whole.length === route.path.length ? '(.+)' : '([^/]+)';
    });
  return { route, names, pattern: new RegExp(`^${source}/?$`) };
}

// The word that tells most routes apart: `issues` in /repos/o/r/issues/1, `app` in /app/hook.
function shelf(method: string, path: string): string {
  const parts = path.split('/');
  const word = parts[1] === 'repos' ? (parts[4] ?? '') : '';
  return `${method} ${parts[1]} ${word}`;
}

/** Compiles the routes once; earlier ones win. Parameters come out decoded. */
export function makeRouter(routes: readonly Route[]): Router {
  const shelves = new Map<string, Compiled[]>();
  for (const route of routes) {
    const key = shelf(route.method, route.path);
    shelves.set(key, [...(shelves.get(key) ?? []), compile(route)]);
  }
  return (method, path) => {
    for (const { route, pattern, names } of shelves.get(shelf(method, path)) ?? []) {
      const found = pattern.exec(path);
      if (found === null) continue;
      const params = Object.fromEntries(
        names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]),
      );
      return { route, params };
    }
    return undefined;
  };
}
