/** What one request costs by GitHub's published rules (speed §4): read off the request itself, so it cannot lie. */

/** `content`: how many notifications it may cause: issues, comments and sub-issues made; `priority`: higher goes first. */
export interface Cost {
  readonly write: boolean;
  readonly points: number;
  readonly content: number;
  readonly priority: number;
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
  readonly request?: Readonly<Record<string, unknown>> | undefined;
}

const readPoints = 1;
const writePoints = 5;
const creations = /\b(?:createIssue|addComment)\s*\(/g;

/** True when the request may change something. A GraphQL query is a POST that changes nothing. */
export const isWrite = ({ method, url, query }: Request): boolean => {
  if (method === 'GET' || method === 'HEAD') return false;
  return !url.endsWith('/graphql') || typeof query !== 'string' || query.trimStart().startsWith('mutation');
};

/** Request → Cost. */
export const costOf = (request: Request): Cost => {
  const asked = request.request?.['priority'];
  const priority = typeof asked === 'number' ? asked : 0;
  if (!isWrite(request)) return { write: false, points: readPoints, content: 0, priority };
  const rest = request.method === 'POST' && /\/(?:issues|comments|sub_issues)$/.test(request.url) ? 1 : 0;
  const content = typeof request.query === 'string' ? [...request.query.matchAll(creations)].length : rest;
  return { write: true, points: writePoints, content, priority };
};
