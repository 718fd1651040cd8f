/** A further reference: node:http, an HMAC, JSON.parse, and nothing kept. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { WEBHOOK_SECRET = '', PORT = '0' } = process.env;

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const right = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex');
    const given = String(request.headers['x-hub-signature-256']).slice('sha256='.length);
    const same = given.length === right.length && timingSafeEqual(Buffer.from(right), Buffer.from(given));
    if (same) JSON.parse(body.toString('utf8'));
    response.writeHead(same ? 200 : 401).end();
  });
}).listen(Number(PORT), '127.0.0.1');
