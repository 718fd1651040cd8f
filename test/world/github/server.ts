/** The door: reads one HTTP request, lets faults and limits have their say, finds the route and writes the answer. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { whoAsks } from './asker.ts';
import { type Asked, type Fate, type Faults, fateOf } from './faults.ts';
import { answerGraphql } from './graphql/execute.ts';
import type { Hub, Shape } from './hub.ts';
import { costOf, type Meter, primaryLimit, secondaryLimit } from './limits.ts';
import { notFound, Refused } from './refusal.ts';
import { type Answer, isShape } from './request.ts';
import type { Router } from './router.ts';

export type RequestEntry = {
  method: string;
  path: string;
  query: string;
  status: number;
  at: number;
  kind: 'rest' | 'graphql';
  points: number;
  content: number;
  body: unknown;
};

export type Door = {
  hub: Hub;
  router: Router;
  meter: Meter;
  faults: Faults;
  publicKey: string | undefined;
  latency: () => number;
  requests: RequestEntry[];
  /** Told of every answer, with the route's template; for holding it against the OpenAPI description. */
  check: (seen: Seen) => void;
};

/** One answered request as a checker needs it. */
export type Seen = {
  method: string;
  template: string;
  asked: unknown;
  status: number;
  answered: unknown;
  typed: boolean;
};

type Asking = Asked & { query: URLSearchParams; headers: IncomingMessage['headers'] };

/** Answers one request; never throws. */
export async function serve(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = await read(request);
  const at = Date.now();
  const cost = costOf(asked.method, asked.path, asked.text);
  const latency = door.latency();
  if (latency > 0) await sleep(latency);
  const fate = fateOf(door.faults, asked);
  if (typeof fate === 'object' && 'delay' in fate) await sleep(fate.delay);
  if (fate === 'drop-before') {
    door.requests.push(entry(asked, cost, at, 0));
    request.socket.destroy();
    return;
  }
  const answer = decide(door, asked, fate, cost);
  door.requests.push(entry(asked, cost, at, answer.status));
  if (fate === 'apply-then-drop') request.socket.destroy();
  else write(door, asked, answer, response);
}

type Cost = ReturnType<typeof costOf>;

function entry(asked: Asking, cost: Cost, at: number, status: number): RequestEntry {
  const { method, path } = asked;
  const body = asked.text === '' ? undefined : parse(asked.text);
  return { method, path, query: asked.query.toString(), status, at, body, ...cost };
}

function decide(door: Door, asked: Asking, fate: Fate | undefined, cost: Cost): Answer {
  try {
    if (typeof fate === 'object' && 'refuse' in fate) {
      const headers = fate.retryAfter === undefined ? {} : { 'retry-after': String(fate.retryAfter) };
      throw new Refused(fate.refuse, fate.message ?? 'Refused by the fault plan', {}, headers);
    }
    if (typeof fate === 'object' && 'limit' in fate) {
      throw fate.limit === 'secondary'
        ? secondaryLimit(fate.retryAfter ?? 60)
        : primaryLimit(Math.floor(Date.now() / 1000) + (fate.retryAfter ?? 60));
    }
    if (asked.path !== '/rate_limit') door.meter.count(cost);
    if (typeof fate === 'object' && 'answer' in fate) return { status: 200, body: fate.answer };
    return conditional(asked, enter(door, asked));
  } catch (error) {
    if (error instanceof Refused) return { status: error.status, body: error.body, headers: error.headers };
    // A fault of the stand-in itself must be loud, not look like GitHub having a bad day.
    console.error('the stand-in failed', asked.method, asked.path, error);
    return {
      status: 500,
      body: { message: `stand-in: ${error instanceof Error ? error.stack : String(error)}` },
    };
  }
}

function enter(door: Door, asked: Asking): Answer {
  const { hub } = door;
  if (asked.path === '/rate_limit') return { status: 200, body: door.meter.overview() };
  const { as, app } = whoAsks(hub, asked.headers.authorization, door.publicKey);
  const said = asked.text === '' ? {} : parse(asked.text);
  if (said === undefined) throw new Refused(400, 'Problems parsing JSON');
  const body: Shape = Array.isArray(said) ? { labels: said, assignees: said } : isShape(said) ? said : {};
  if (asked.path === '/graphql') {
    if (!hub.features.graphql || asked.method !== 'POST') throw notFound();
    if (as === null) throw new Refused(401, 'This endpoint requires you to be authenticated.');
    return { status: 200, body: answerGraphql({ hub, as }, body) };
  }
  const match = door.router(asked.method, asked.path);
  if (match === undefined) throw notFound();
  const call = {
    hub,
    as,
    app,
    params: match.params,
    query: asked.query,
    body,
    accept: asked.headers.accept ?? '',
  };
  const seen = {
    method: asked.method,
    template: match.route.path,
    asked: asked.text === '' ? undefined : said,
  };
  try {
    const answer = match.route.answer(call);
    door.check({ ...seen, status: answer.status, answered: answer.body, typed: answer.raw === undefined });
    return answer;
  } catch (error) {
    if (error instanceof Refused)
      door.check({ ...seen, status: error.status, answered: error.body, typed: true });
    throw error;
  }
}

/** Gives GETs an ETag, and 304 to who has the answer already. */
function conditional(asked: Asking, answer: Answer): Answer {
  if (asked.method !== 'GET' || answer.status !== 200) return answer;
  const raw = answer.raw ?? { text: JSON.stringify(answer.body), type: 'application/json; charset=utf-8' };
  const etag = `W/"${createHash('sha256').update(raw.text).digest('hex')}"`;
  const headers = { ...answer.headers, etag };
  if (asked.headers['if-none-match'] === etag) return { status: 304, headers };
  return { status: 200, raw, headers };
}

function write(door: Door, asked: Asking, answer: Answer, response: ServerResponse): void {
  const raw = answer.raw ?? {
    text: answer.body === undefined ? '' : JSON.stringify(answer.body),
    type: 'application/json; charset=utf-8',
  };
  const bytes = Buffer.from(answer.status === 204 || answer.status === 304 ? '' : raw.text);
  response.writeHead(answer.status, {
    ...(bytes.length === 0 ? {} : { 'content-type': raw.type }),
    'content-length': bytes.length,
    // Node's own would be the machine's, whatever time it is in the story.
    date: new Date(door.hub.now()).toUTCString(),
    'x-github-request-id': 'STAND:IN',
    'x-github-media-type': 'github.v3; format=json',
    ...door.meter.headers(asked.path === '/graphql' ? 'graphql' : 'rest'),
    ...answer.headers,
  });
  response.end(bytes);
}

async function read(request: IncomingMessage): Promise<Asking> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  const [rawPath = '/', query] = (request.url ?? '/').split('?', 2);
  const path = rawPath.replace(/^\/api\/graphql$/, '/graphql').replace(/^\/api\/v3(?=\/)/, '');
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query ?? ''),
    text,
    headers: request.headers,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
