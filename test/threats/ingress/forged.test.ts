/** Who is not GitHub gets nothing in, and cannot hurt the process by trying (threats T01, T02). */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app } from '../../world/house.ts';
import { openPlay, type Play } from '../../world/play.ts';
import { examples, hasLookedAround, inParallel, type Letter, metric, post, sign, stored } from './letter.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
  await hasLookedAround(play.databaseUrl);
});
afterAll(() => play.ends());

/** Twelve kinds of wrong; the body is the one that is sent. */
const wrong: readonly ((body: string) => Letter['headers'])[] = [
  () => ({ 'x-hub-signature-256': undefined }),
  () => ({ 'x-hub-signature-256': '' }),
  (body) => ({ 'x-hub-signature-256': undefined, 'x-hub-signature': sign(body, app.secret, 'sha1') }),
  (body) => ({ 'x-hub-signature-256': sign(body, app.secret, 'sha1') }),
  (body) => ({ 'x-hub-signature-256': sign(body, 'guess') }),
  (body) => ({ 'x-hub-signature-256': sign(`${body}\n`) }),
  (body) => ({ 'x-hub-signature-256': sign(body).slice('sha256='.length) }),
  (body) => ({ 'x-hub-signature-256': sign(body).slice(0, -2) }),
  (body) => ({ 'x-hub-signature-256': `${sign(body)}00` }),
  (body) => ({ 'x-hub-signature-256': [sign(body), sign(body)] }),
  (body) => ({ 'x-hub-signature-256': sign(JSON.stringify(JSON.parse(body), null, 1)) }),
  (body) => ({ 'x-hub-signature-256': sign(body).replace(/.$/, (last) => (last === '0' ? '1' : '0')) }),
];

test('T01: no official example with any of twelve wrong signatures leaves more behind than a counter', async () => {
  const before = await stored(play.databaseUrl);
  const asked = play.github.requests.length;
  const letters = examples.flatMap(({ event, body }) => wrong.map((how) => ({ event, body, how })));
  expect(letters.length).toBeGreaterThanOrEqual(329 * 12);
  const answers = new Map<number, number>();
  await inParallel(letters, 12, async ({ event, body, how }) => {
    const text = JSON.stringify(body);
    const headers = how(text);
    const status = await post(play.house, text, { event, ...(headers && { headers }) });
    answers.set(status, (answers.get(status) ?? 0) + 1);
  });
  expect([...answers]).toEqual([[401, letters.length]]);
  expect(await stored(play.databaseUrl)).toBe(before);
  // The App looks into its own delivery log now and then, whatever comes in.
  expect(play.github.requests.slice(asked).filter(({ path }) => !path.startsWith('/app'))).toEqual([]);
  expect(await metric(play.house.url, 'gatehouse_webhook_deliveries_total{status="401"}')).toBe(
    letters.length,
  );
}, 120_000);

/** Sends bytes as they are; answers the first line of what comes back, or nothing where the connection is closed. */
const raw = (text: Buffer | string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(play.house.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer.split('\r\n', 1)[0] ?? '');
    };
    const timer = setTimeout(end, 5_000);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n')) end();
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.end(text);
  });

test('T02: no malformed header stops the process or opens the door', async () => {
  const body = '{"action":"opened"}';
  const right = sign(body);
  const head = 'POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\nconnection: close\r\n';
  const size = `content-length: ${body.length}\r\n`;
  const named = 'x-github-event: issues\r\nx-github-delivery: abc\r\n';
  const blocks: readonly (Buffer | string)[] = [
    `${head}${size}${named}x-hub-signature-256: ${right}\r\nx-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}${size}${named}x-hub-signature-256: sha256=\r\nx-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}${size}${named}x-hub-signature-256: ${'a'.repeat(15_000)}\r\n\r\n${body}`,
    `${head}${size}${named}x-hub-signature-256: ${'a'.repeat(200_000)}\r\n\r\n${body}`,
    `${head}${size}${named}x-hub-signature-256:\r\n\r\n${body}`,
    `${head}${size}${named}x-hub-signature-256: sha256=${'é'.repeat(64)}\r\n\r\n${body}`,
    Buffer.concat([
      Buffer.from(`${head}${size}${named}x-hub-signature-256: `),
      Buffer.from([0xff, 0xfe, 0x80, 0x01]),
      Buffer.from(`\r\n\r\n${body}`),
    ]),
    Buffer.concat([
      Buffer.from(`${head}${size}${named}x-hub-signature-256: sha256=`),
      Buffer.from([0x00]),
      Buffer.from(`\r\n\r\n${body}`),
    ]),
    `${head}${size}${named}x-hub-signature: sha1=${'0'.repeat(40)}\r\n\r\n${body}`,
    `${head}content-length: -1\r\n${named}x-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}content-length: 9e9\r\n${named}x-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}content-length: 5\r\ncontent-length: 6\r\n${named}x-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}transfer-encoding: chunked\r\n${size}${named}x-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}transfer-encoding: chunked\r\n${named}x-hub-signature-256: ${right}\r\n\r\nZZ\r\n`,
    `${head}${size}${'x-many: 1\r\n'.repeat(3_000)}\r\n${body}`,
    `${head}${size}x-github-event: ../../etc\r\nx-github-delivery: abc\r\nx-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}${size}x-github-event: issues\r\nx-github-delivery: a b\r\nx-hub-signature-256: ${right}\r\n\r\n${body}`,
    `${head}${size}x-github-event: issues\r\nx-github-event: push\r\nx-github-delivery: a\r\nx-hub-signature-256: ${right}\r\n\r\n${body}`,
    `POST /api/github/webhooks HTTP/1.1\r\n${size}${named}x-hub-signature-256: ${right}\r\n\r\n${body}`,
    'POST /api/github/webhooks HTTP/9.9\r\n\r\n',
    'POST //api/github/webhooks?%00%ff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    'GET /%00%c0%ae%c0%ae/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    'GET http://[::1 HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n',
    `${'A'.repeat(100_000)}`,
  ];
  const before = await stored(play.databaseUrl);
  for (const [index, block] of blocks.entries()) {
    const line = await raw(block);
    expect([index, line]).toEqual([index, expect.stringMatching(/^(HTTP\/1\.1 4\d\d .*)?$/)]);
  }
  expect(await stored(play.databaseUrl)).toBe(before);
  expect((await fetch(`${play.house.url}/readyz`)).status).toBe(200);
  // One line a minute says that something unsigned came; nothing else is worth one.
  expect(play.house.output().replaceAll(/^.*webhook refused: not signed.*\n/gm, '')).toBe('');
}, 120_000);
