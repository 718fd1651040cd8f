/** Somebody who listens to webhooks in the stand-in's own tests. */
import { createServer, type IncomingHttpHeaders } from 'node:http';

export type Heard = { headers: IncomingHttpHeaders; text: string };
export type Receiver = {
  url: string;
  heard: Heard[];
  answerWith(status: number): void;
  close(): Promise<void>;
};

/** Listens on a free port and answers every POST, 200 unless told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const heard: Heard[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ headers: request.headers, text: Buffer.concat(chunks).toString() });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    heard,
    answerWith(next) {
      status = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
