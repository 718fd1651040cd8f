/** A bare HTTP server that answers by a script: for what the stand-in, being honest, would never answer. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connectGitHub, type GitHub } from '../../src/github/octokit.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

/** `hang`: never answered; `drop`: connection cut without an answer; `cut`: an answer that ends in the middle. */
type Scripted =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly html?: string;
      readonly headers?: Record<string, string>;
    }
  | 'hang'
  | 'drop'
  | 'cut';
export type Script = (seen: Seen) => Scripted | undefined;

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

export const testKey = privateKey;

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
};

const answer = (response: ServerResponse, scripted: Scripted): void => {
  if (scripted === 'hang') return;
  if (scripted === 'drop') return void response.socket?.destroy();
  if (scripted === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '1000' });
    response.write('{"id": 12');
    setTimeout(() => response.socket?.destroy(), 5);
    return;
  }
  const { status = 200, json = {}, html, headers = {} } = scripted;
  const type = html === undefined ? 'application/json; charset=utf-8' : 'text/html';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(status === 304 || status === 204 ? undefined : (html ?? JSON.stringify(json)));
};

let minted = 0;
const standard: Script = ({ path }) => {
  if (path === '/app') return { json: { id: 7, slug: 'gatehouse' } };
  if (!path.endsWith('/access_tokens')) return undefined;
  minted += 1;
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  return {
    status: 201,
    json: { token: `ghs_${minted}`, expires_at, permissions: {}, repository_selection: 'all' },
  };
};

export interface ScriptedServer {
  readonly url: string;
  /** Everything asked, tokens and `/app` left out. */
  readonly asked: Seen[];
  readonly minted: Seen[];
  script: Script;
  /** Answers for tokens and `/app` instead of the usual ones. */
  tokens: Script;
  readonly connect: (more?: Partial<Parameters<typeof connectGitHub>[0]>) => GitHub;
  readonly close: () => Promise<void>;
}

/** Starts it. A request the script has no answer for gets 404. */
export const startScripted = async (): Promise<ScriptedServer> => {
  const asked: Seen[] = [];
  const mintedBy: Seen[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const seen = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      const usual = standard(seen);
      if (usual === undefined) asked.push(seen);
      else if (seen.path !== '/app') mintedBy.push(seen);
      const scripted = usual === undefined ? self.script(seen) : (self.tokens(seen) ?? usual);
      answer(response, scripted ?? { status: 404, json: { message: 'Not Found' } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const self: ScriptedServer = {
    url,
    asked,
    minted: mintedBy,
    script: () => undefined,
    tokens: () => undefined,
    connect: (more = {}) => connectGitHub({ appId: 7, privateKey, apiUrl: url, throttle: false, ...more }),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return self;
};
