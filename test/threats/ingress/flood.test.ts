/** Whoever sends too much, too slowly or too deep does not keep others from being heard (threats T06, T10). */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, addCollaborator, addInstallation, addRepository } from '../../world/github/acts/seed.ts';
import { acmeConfig } from '../../world/github/world.ts';
import { openPlay, type Play } from '../../world/play.ts';
import { ask, frameOf, inParallel, memoryOf, post, sign, stored } from './letter.ts';

const mega = 1024 * 1024;
/** GitHub hangs up after ten seconds; a quiet machine answers in a tenth of this. */
const longest = 5_000;

const percentile = (times: readonly number[], part: number): number =>
  [...times].sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))] ??
  Number.NaN;

/** Small genuine deliveries, one after the other, as long as `during` takes; how long each took to be stored, in ms. */
const othersDuring = async (play: Play, during: Promise<unknown>): Promise<readonly number[]> => {
  const times: number[] = [];
  let over = false;
  const end = (): void => {
    over = true;
  };
  during.then(end, end);
  while (!over) {
    const began = performance.now();
    expect(await post(play.house, '{"action":"opened"}')).toBe(202);
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return times;
};

describe('a flood of bytes', () => {
  let play: Play;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await play.ends();
  });

  const open = (text: string): Socket => {
    const { hostname, port } = new URL(play.house.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(text);
    sockets.push(socket);
    return socket;
  };
  const closed = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      if (socket.destroyed) resolve();
      socket.on('close', () => resolve());
      socket.resume();
    });
  const head = (rest: string): string => `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n${rest}`;
  const forged = `x-hub-signature-256: sha256=${'0'.repeat(64)}\r\nx-github-event: push\r\nx-github-delivery: x\r\n`;

  test('T06: forty unfinished bodies of 20 MB take no more memory than they share, and nobody waits for them', async () => {
    const before = await memoryOf(play.house.url);
    const part = Buffer.alloc(mega, 32);
    let most = 0;
    const flood = async (): Promise<void> => {
      const open20 = Array.from({ length: 40 }, () =>
        open(head(`${forged}content-length: ${21 * mega}\r\n\r\n`)),
      );
      for (let sent = 0; sent < 20; sent += 1) {
        for (const socket of open20) if (!socket.destroyed) socket.write(part);
        await new Promise((resolve) => setTimeout(resolve, 30));
        most = Math.max(most, await memoryOf(play.house.url));
      }
      for (const socket of open20) socket.destroy();
    };
    const times = await othersDuring(play, flood());
    expect(most - before).toBeLessThan(400);
    expect(percentile(times, 0.99)).toBeLessThan(longest);
    // The share is given back: a large genuine body is heard.
    const large = JSON.stringify({ action: 'opened', padding: 'x'.repeat(20 * mega) });
    expect(await post(play.house, large)).toBe(202);
  }, 60_000);

  test('T06: two hundred senders that never finish are hung up on while others are heard', async () => {
    const slow = [
      ...Array.from({ length: 100 }, () => open(head('x-slow: 1\r\n'))),
      ...Array.from({ length: 100 }, () => open(head(`${forged}content-length: 1000\r\n\r\n{`))),
    ];
    const dripping = setInterval(() => {
      for (const socket of slow) if (!socket.destroyed) socket.write('x');
    }, 500);
    const began = performance.now();
    const times = await othersDuring(play, Promise.all(slow.map(closed)));
    clearInterval(dripping);
    expect(performance.now() - began).toBeLessThan(25_000);
    expect(percentile(times, 0.99)).toBeLessThan(longest);
  }, 60_000);

  test('T06: a compressed body is never unpacked, and a million brackets are stored and passed over', async () => {
    const before = await memoryOf(play.house.url);
    const bomb = gzipSync(Buffer.alloc(200 * mega, 32));
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    const nested = `{"action":"labeled","issue":${'{"a":'.repeat(500_000)}"\\u0000"${'}'.repeat(500_000)}}`;
    const sending = async (): Promise<void> => {
      const statuses = [
        await post(play.house, bomb, { headers: { 'content-encoding': 'gzip' } }),
        await post(play.house, deep),
        await post(play.house, nested),
        await post(play.house, nested, { event: 'issue_comment' }),
      ];
      expect(statuses).toEqual([202, 202, 202, 202]);
      await play.settles();
    };
    const times = await othersDuring(play, sending());
    expect(percentile(times, 0.99)).toBeLessThan(longest);
    // What reading a million brackets takes for a moment is about 300 MB; the bomb unpacked would be 200 more.
    await expect
      .poll(async () => (await memoryOf(play.house.url)) - before, { timeout: 15_000, interval: 500 })
      .toBeLessThan(400);
    expect((await fetch(`${play.house.url}/readyz`)).status).toBe(200);
    expect(play.house.output()).not.toMatch(/RangeError|unhandled|uncaught/i);
  }, 60_000);

  test('T06: a body that says it is larger than 25 MB is refused before it is read', async () => {
    const had = await stored(play.databaseUrl);
    for (const size of [25 * mega + 1, 9_000_000_000]) {
      const socket = open(head(`${forged}content-length: ${size}\r\n\r\n`));
      const answer = await new Promise<string>((resolve) =>
        socket.on('data', (chunk) => resolve(chunk.toString())),
      );
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    }
    const just = Buffer.concat([Buffer.from('{}'), Buffer.alloc(25 * mega - 2, 32)]);
    expect(await post(play.house, just, { headers: { 'x-hub-signature-256': sign(just) } })).toBe(202);
    expect(await stored(play.databaseUrl)).toBe(had + 1);
  }, 30_000);
});

describe('a storm on one repository', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay({ env: { GATEHOUSE_WORKERS: '4' } });
  });
  afterAll(() => play.ends());

  test('T10: keeps another tenant waiting no longer than a moment', async () => {
    const { hub } = play.github;
    const owner = addAccount(hub, 'quiet', 'Organization');
    const shop = addRepository(hub, { owner, name: 'corner', files: {} });
    const installation = addInstallation(hub, owner, 'all');
    const storm = frameOf(play.acme);
    const calm = frameOf({ ...play.acme, org: owner, shop, installation });
    const person = { id: 9, login: 'someone', type: 'User' };
    const comment = (frame: object, number: number, id: number): string =>
      JSON.stringify({
        ...frame,
        action: 'created',
        issue: { id: number, number, title: 'x', body: '', state: 'open', user: person },
        comment: { id, body: '/status', user: person },
        sender: person,
      });
    const calmOnes = Array.from({ length: 60 }, (_, index) => ({ guid: randomUUID(), at: index }));
    const meet = async (frame: object, number: number): Promise<void> => {
      expect(await post(play.house, comment(frame, number, 1), { event: 'issue_comment' })).toBe(202);
    };
    await meet(storm, 900);
    await meet(calm, 900);
    await play.settles();

    const speak = async (): Promise<readonly number[]> => {
      for (const { guid, at } of calmOnes) {
        const name = `${guid}-${round}`;
        const status = await post(play.house, comment(calm, 1_000 + at, at), {
          event: 'issue_comment',
          guid: name,
        });
        expect(status).toBe(202);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      await play.settles();
      const rows = await ask<{ waited: number }>(
        play.databaseUrl,
        `select extract(epoch from done_at - received_at) * 1000 as waited from deliveries
          where guid like '%-${round}' and repository_id = ${shop.id}`,
      );
      round += 1;
      expect(rows).toHaveLength(calmOnes.length);
      return rows.map((row) => Number(row.waited));
    };
    let round = 1;
    const usual = await speak();
    const flood = inParallel(Array.from({ length: 2_000 }), 12, async (_, index) => {
      // A thousand issues: a thousand lanes that want to be worked.
      await post(play.house, comment(storm, 10_000 + (index % 1_000), index), { event: 'issue_comment' });
    });
    const during = await speak();
    await flood;
    await play.settles();
    const figures = `usual p50 ${percentile(usual, 0.5)} p99 ${percentile(usual, 0.99)}, during p50 ${percentile(during, 0.5)} p99 ${percentile(during, 0.99)}`;
    expect(percentile(during, 0.5), figures).toBeLessThan(Math.max(200, 10 * percentile(usual, 0.5)));
    expect(percentile(during, 0.99), figures).toBeLessThan(Math.max(1_000, 10 * percentile(usual, 0.99)));
    if (process.env['GATEHOUSE_FIGURES'] !== undefined) console.log(figures);
  }, 90_000);

  test('T10: sixty epics started at once on one repository do not hold up the one of another tenant', async () => {
    const { hub, state } = play.github;
    const owner = addAccount(hub, 'small', 'Organization');
    const shop = addRepository(hub, {
      owner,
      name: 'kiosk',
      files: { '.github/gatehouse.yml': acmeConfig() },
    });
    const pat = play.person('octo-pm');
    addCollaborator(shop, pat.user, 'write');
    addInstallation(hub, owner, 'all');
    /** Milliseconds until the checklist issue stands. */
    const start = async (): Promise<number> => {
      const began = performance.now();
      const had = shop.issues.size;
      pat.labels(pat.opensIssue({ title: 'Ours', body: '' }, shop), 'workflow:bug');
      while (shop.issues.size < had + 2) await new Promise((resolve) => setTimeout(resolve, 5));
      return performance.now() - began;
    };
    await start();
    await play.settles();
    play.github.latency = 30;
    const usual = await start();
    await play.settles();
    for (let count = 0; count < 60; count += 1)
      pat.labels(pat.opensIssue({ title: `Storm ${count}`, body: '' }, play.acme.shop), 'workflow:bug');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const during = await start();
    const made = [...state.issues.values()].filter((issue) => issue.title.startsWith('[bug] Storm')).length;
    const figures = `usual ${usual} ms, during ${during} ms, ${made} of 60 stood by then`;
    if (process.env['GATEHOUSE_FIGURES'] !== undefined) console.log(figures);
    expect(made, figures).toBeLessThan(60);
    expect(during, figures).toBeLessThan(Math.max(2_000, 5 * usual));
    play.github.latency = 0;
    await play.settles();
  }, 90_000);
});
