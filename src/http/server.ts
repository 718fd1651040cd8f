/** The porch: one HTTP listener; webhooks by the short way, everything else through Hono's routes. */
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { answerWebhook, type WebhookDoor } from './webhook.ts';

const webhookPath = '/api/github/webhooks';

/**
 * Builds the server. Webhooks do not pass through a framework: measured, it costs more than storing them
 * (`src/README.md`, decisions).
 */
export const buildServer = (door: WebhookDoor, routes: Hono): Server => {
  // Who only asks whether the process is up often says HTTP/1.0, and then no host.
  const listener = getRequestListener(routes.fetch, { hostname: 'localhost' });
  // Node looks for slow senders only every 30 s unless told otherwise (threats T06).
  const server = createServer({ connectionsCheckingInterval: 2_000 }, (request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (request.method === 'POST' && path === webhookPath) {
      answerWebhook(door, request, response).catch((failure: unknown) => {
        door.failed(failure);
        if (!response.headersSent) response.writeHead(500).end();
      });
      return;
    }
    listener(request, response).catch((failure: unknown) => door.failed(failure));
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  return server;
};

/** Listens; answers the port. Throws with a clear sentence where the port is taken. */
export const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new Error(`PORT ${port} is already in use; choose another.`) : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
