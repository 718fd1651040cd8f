/** A plain web front for the stand-in GitHub, so that the demo's visitors can read issues and comment as anybody. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { html, raw } from 'hono/html';
import { labelsOf } from '../world/github/find.ts';
import type { StandIn } from '../world/github/stand-in.ts';
import type { Issue, Repository } from '../world/github/state.ts';

/** A listening front. */
export interface Front {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const forwarded = (request: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name))
      headers[name] = value;
  }
  return headers;
};

/** The API is the stand-in's own: passed on untouched. */
const passOn = async (github: StandIn, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const method = request.method ?? 'GET';
  const body = await readAll(request);
  const answer = await fetch(`${new URL(github.url).origin}${request.url}`, {
    method,
    headers: forwarded(request),
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  const headers = Object.fromEntries(
    [...answer.headers].filter(
      ([name]) => !/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name),
    ),
  );
  response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
};

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:1rem auto;padding:0 1rem;color-scheme:light dark}
pre{white-space:pre-wrap;border:1px solid #8886;border-radius:8px;padding:1rem}.l{border:1px solid #8888;border-radius:1rem;padding:0 .6rem;margin-right:.3rem}`;

const frame = (
  title: string,
  body: ReturnType<typeof html>,
) => html`<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title><style>${raw(style)}</style><body>${body}</body></html>`;

const issuePage = (github: StandIn, shop: Repository, issue: Issue) => {
  const name = (id: number): string => github.state.accounts.get(id)?.login ?? 'ghost';
  const people = [...github.state.accounts.values()].filter((one) => one.login.startsWith('octo-'));
  return frame(
    issue.title,
    html`<p><a href="/acme/shop/issues">all issues</a></p><h1>${issue.title} #${issue.number}</h1>
<p>${issue.state} ${labelsOf(shop, issue).map((label) => html`<span class="l">${label.name}</span>`)}</p>
<pre>${issue.body ?? ''}</pre>
${issue.comments.map((comment) => html`<h2>${name(comment.userId)} ${comment.reactions.map((one) => (one.content === '+1' ? '👍' : '😕'))}</h2><pre>${comment.body}</pre>`)}
<form method="post"><p><label>As <select name="who">${people.map((one) => html`<option>${one.login}</option>`)}</select></label></p>
<p><label>Say<br><textarea name="text" rows="3" cols="60">/claim</textarea></label></p><p><button>Comment</button></p></form>`,
  );
};

const listPage = (issues: readonly Issue[]) =>
  frame(
    'acme/shop',
    html`<h1>acme/shop</h1><ul>${issues.map((issue) => html`<li><a href="/acme/shop/issues/${issue.number}">#${issue.number} ${issue.title}</a> (${issue.state})</li>`)}</ul>`,
  );

const comment = async (
  github: StandIn,
  issue: Issue,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const form = new URLSearchParams((await readAll(request)).toString('utf8'));
  const text = form.get('text') ?? '';
  const known = [...github.state.accounts.values()].some((one) => one.login === form.get('who'));
  if (known && text.trim() !== '') github.person(form.get('who') ?? '').says(issue, text);
  // A moment for the answer, so that the page already shows it.
  await new Promise((resolve) => setTimeout(resolve, 300));
  response.writeHead(303, { location: `/acme/shop/issues/${issue.number}` }).end();
};

const show = async (
  github: StandIn,
  shop: Repository,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const issues = [...github.state.issues.values()].filter((issue) => issue.repoId === shop.id);
  const number = Number(/^\/acme\/shop\/(?:issues|pull)\/(\d+)/.exec(request.url ?? '')?.[1]);
  const issue = issues.find((one) => one.number === number);
  if (issue !== undefined && request.method === 'POST') return comment(github, issue, request, response);
  const page = issue === undefined ? listPage(issues) : issuePage(github, shop, issue);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(String(await page));
};

/** Listens on the loopback address only. */
export const openFront = async (github: StandIn, shop: Repository, port: number): Promise<Front> => {
  const server = createServer((request, response) => {
    const api = request.url?.startsWith('/api/') === true;
    const answered = api ? passOn(github, request, response) : show(github, shop, request, response);
    answered.catch((failure: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(failure));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
