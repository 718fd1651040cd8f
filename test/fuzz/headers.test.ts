/** Whatever stands in the headers of a webhook, the door neither opens nor breaks (threats T01, T02). */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSigned } from '../../src/http/webhook.ts';
import { inParallel, sign, stored } from '../threats/ingress/letter.ts';
import { app } from '../world/house.ts';
import { openPlay, type Play } from '../world/play.ts';
import { patience, runs } from './effort.ts';

const body = Buffer.from('{"action":"opened"}');
const right = sign(body);

/** Signatures that are nearly right, and anything at all. */
const signature = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.stringMatching(/^sha(1|256|512)=[0-9a-fA-F]{0,130}$/),
  fc
    .tuple(fc.nat(right.length - 1), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
    .map(([at, one]) => right.slice(0, at) + one + right.slice(at + 1)),
  fc
    .tuple(fc.nat(right.length), fc.string({ maxLength: 4, minLength: 1 }))
    .map(([at, more]) => right.slice(0, at) + more + right.slice(at)),
  fc.nat(right.length - 1).map((end) => right.slice(0, end)),
  fc.constantFrom(
    `${right} `,
    ` ${right}`,
    `${right}\n`,
    `${right}\u0000`,
    right.replace('sha256', 'SHA256'),
  ),
);

describe('a signature', () => {
  test('T02: is right only where it is the right one, and nothing written there can throw', {
    timeout: patience(60_000),
  }, () => {
    fc.assert(
      fc.property(signature, (given) => {
        const same = given.toLowerCase() === right && given.startsWith('sha256=');
        // Hexadecimal digits count whatever their case, and nothing else is forgiven.
        expect(isSigned(app.secret, body, given)).toBe(
          same || (/^sha256=/i.test(given) && given.toLowerCase() === right),
        );
      }),
      runs(100_000),
    );
  });
});

describe('the real door', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.ends());

  /** Sends bytes as they are; answers the status, 0 where the connection ended without one. */
  const send = (bytes: Buffer): Promise<number> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(play.house.url);
      const socket = connect(Number(port), hostname);
      let answer = '';
      const end = (): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0));
      };
      const timer = setTimeout(end, 15_000);
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1');
        if (answer.includes('\r\n')) end();
      });
      socket.on('error', end);
      socket.on('close', end);
      socket.end(bytes);
    });

  const name = fc.oneof(
    fc.constantFrom(
      'x-hub-signature-256',
      'X-Hub-Signature-256',
      'x-hub-signature',
      'x-github-event',
      'x-github-delivery',
    ),
    fc.constantFrom(
      'content-length',
      'transfer-encoding',
      'content-encoding',
      'expect',
      'connection',
      'host',
      'upgrade',
    ),
    fc.stringMatching(/^[a-z-]{1,20}$/),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const value = fc.oneof(
    signature,
    fc.constantFrom(
      'chunked',
      'gzip',
      '100-continue',
      'close',
      'websocket',
      '0',
      '-1',
      '19',
      '99999999999999999999',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  const block = fc
    .record({
      line: fc.constantFrom(
        'POST /api/github/webhooks HTTP/1.1',
        'POST /api/github/webhooks?x=%00 HTTP/1.0',
        'PATCH /api/github/webhooks HTTP/1.1',
        'GET / HTTP/1.1',
      ),
      headers: fc.array(fc.tuple(name, value), { maxLength: 8 }),
      ending: fc.constantFrom('\r\n', '\r\n', '\n', '\r'),
    })
    .map(({ line, headers, ending }) => {
      const rest = headers.map(([key, said]) => `${key}: ${said}`);
      return Buffer.from([line, 'host: x', 'connection: close', ...rest, '', body.toString()].join(ending));
    });

  test('T02: malformed requests by the hundred are answered or hung up on; nothing is stored, and it goes on', {
    timeout: patience(120_000),
  }, async () => {
    const before = await stored(play.databaseUrl);
    await inParallel(fc.sample(block, runs(400)), 16, async (bytes) => {
      const status = await send(bytes);
      expect([
        bytes.toString('latin1').slice(0, 300),
        status < 200 || status >= 300 || bytes.subarray(0, 4).toString() === 'GET ',
      ]).toEqual([expect.anything(), true]);
    });
    expect(await stored(play.databaseUrl)).toBe(before);
    // And the right one is still heard.
    const headers = {
      'x-github-event': 'ping',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': right,
    };
    expect(
      (await fetch(play.house.webhooks, { method: 'POST', headers, body: new Uint8Array(body) })).status,
    ).toBe(202);
    expect((await fetch(`${play.house.url}/readyz`)).status).toBe(200);
    // One line a minute says that something unsigned came; nothing else is worth one.
    expect(play.house.output().replaceAll(/^.*webhook refused: not signed.*\n/gm, '')).toBe('');
  });
});
