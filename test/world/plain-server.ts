/** A GitHub that says only the least: no node ids, no etags, no app beside a check, and 404 for whatever it does not know. */
import { createServer } from 'node:http';

/** Stands before the stand-in; `target` is its address, known once it listens. */
export interface PlainServer {
  readonly url: string;
  target: string;
  readonly close: () => void;
}

const unsaid = new Set(['node_id', 'app', 'performed_via_github_app', 'role_name', 'locked']);

const plain = (text: string): string =>
  text === ''
    ? ''
    : JSON.stringify(JSON.parse(text, (key, value: unknown) => (unsaid.has(key) ? undefined : value)));

/** `lacks`: what it answers with 404, as `GET /repos/acme/shop/installation`. */
export const startPlainServer = async (lacks: RegExp): Promise<PlainServer> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void answer(`${request.method} ${request.url}`, chunks).then(({ status, link, text }) => {
        const headers = { 'content-type': 'application/json', ...(link === null ? {} : { link }) };
        response.writeHead(status, status === 204 ? {} : headers).end(status === 204 ? undefined : text);
      });
    });
    const answer = async (line: string, sent: readonly Buffer[]) => {
      const none = { status: 404, link: null, text: '{"message":"Not Found"}' };
      if (lacks.test(line)) return none;
      if (self.target === '') return { ...none, status: 503 };
      const { authorization = '', accept = '*/*' } = request.headers;
      const got = await fetch(`${self.target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization, accept, 'content-type': 'application/json' },
        ...(sent.length === 0 ? {} : { body: Buffer.concat(sent) }),
      });
      return { status: got.status, link: got.headers.get('link'), text: plain(await got.text()) };
    };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const self: PlainServer = {
    url: `http://127.0.0.1:${port}`,
    target: '',
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return self;
};
