/** What volume costs: a burst, one epic's backlog, many open epics, a long ledger. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { freshDatabase } from '../world/database.ts';
import { openPlay, type Play } from '../world/play.ts';
import { type Figure, judge, median } from './figure.ts';
import { headersOf, payload } from './intake.ts';

const post = async (url: string, event: string, body: string): Promise<boolean> =>
  (await fetch(url, { method: 'POST', headers: headersOf(event, body), body }).catch(() => undefined))?.ok ===
  true;

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Five hundred deliveries at fifty connections while GitHub takes 100 ms: how many are lost. */
export const measureBurst = async (): Promise<Figure> => {
  const play = await openPlay();
  try {
    play.github.latency = 100;
    const began = performance.now();
    let taken = 0;
    let sent = 0;
    const worker = async (): Promise<void> => {
      while (sent < 500) {
        sent += 1;
        if (await post(play.house.webhooks, 'pull_request', payload)) taken += 1;
      }
    };
    await Promise.all(Array.from({ length: 50 }, worker));
    const ms = performance.now() - began;
    const stored = await withClient(play.databaseUrl, async (client) =>
      Number((await client.query('select count(*) as n from deliveries')).rows[0].n),
    );
    const lost = 500 - Math.min(taken, stored);
    return {
      name: 'burst of 500 at 50 connections, GitHub at 100 ms: lost',
      must: '0',
      want: '0',
      measured: `${lost} (all answered within ${Math.round(ms)} ms)`,
      holds: lost === 0 ? 'want' : 'no',
    };
  } finally {
    await play.ends();
  }
};

const comment = (play: Play, number: number, text: string): string => {
  const stage = play.stage('1_define');
  const shop = play.acme.shop;
  const pat = play.github.person('octo-pm').user;
  const user = { id: pat.id, login: pat.login, node_id: pat.nodeId, type: 'User' };
  return JSON.stringify({
    action: 'created',
    installation: { id: play.acme.installation.id },
    repository: {
      id: shop.id,
      node_id: shop.nodeId,
      name: shop.name,
      owner: { login: 'acme' },
      default_branch: 'main',
      private: false,
    },
    issue: {
      number: stage.number,
      id: stage.id,
      node_id: stage.nodeId,
      title: stage.title,
      body: stage.body,
      state: 'open',
      user,
      labels: [],
    },
    comment: { id: 5_000_000_000 + number, node_id: '', body: text, user },
    sender: user,
  });
};

/** A thousand commands for one epic, received while nobody worked, decided in order. */
export const measureBacklog = async (): Promise<Figure> => {
  const play = await openPlay();
  try {
    await play.starts('feature');
    await play.house.stop();
    const bodies = Array.from({ length: 1_000 }, (_, index) =>
      comment(play, index, index % 2 === 0 ? '/block because' : '/unblock'),
    );
    const seconds = await withClient(play.databaseUrl, async (client) => {
      const { storeDeliveries, packDelivery } = await import('../../src/ledger/deliveries.ts');
      const rows = bodies.map((body) =>
        packDelivery({
          guid: randomUUID(),
          event: 'issue_comment',
          action: 'created',
          installationId: null,
          repositoryId: play.acme.shop.id,
          number: play.stage('1_define').number,
          lane: 'unknown',
          body: Buffer.from(body),
        }),
      );
      for (let at = 0; at < rows.length; at += 100)
        await storeDeliveries(
          { query: (statement, values) => client.query(statement, values ? [...values] : undefined) },
          rows.slice(at, at + 100),
        );
      await play.house.start();
      const left = async (): Promise<number> =>
        Number((await client.query(`select count(*) as n from deliveries where state = 'new'`)).rows[0].n);
      const first = await left();
      const began = performance.now();
      while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      return { seconds: (performance.now() - began) / 1_000, first };
    });
    const rate = seconds.first / seconds.seconds;
    return {
      name: 'one epic’s backlog of 1,000 commands, decided in order',
      must: '≥ 300/s',
      want: '≥ 3,000/s',
      measured: `${Math.round(rate)}/s`,
      holds: judge(rate, 'at-least', 300, 3_000),
    };
  } finally {
    await play.ends();
  }
};

const manyEpics = `
  insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary, live_approvers)
  select 'x' || n, 1, n, 'epic ' || n, 'feature', 'running', 20, now(), now(), '{"stages":[]}', '{}' from generate_series(1, $1::int) n`;
const manyEvents = `
  insert into events (epic_id, version, type, data, cause, at)
  select 'x' || (n / 20), n % 20 + 1, 'StageReady', '{"type":"StageReady","stage":"1_define","at":"2026-01-01T00:00:00.000Z","by":{"id":0,"login":"gatehouse"}}', 'seed', now()
    from generate_series(0, $1::int - 1) n`;

const stateChange = async (play: Play): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    const began = performance.now();
    play.person('octo-pm').says(play.stage('1_define'), round % 2 === 0 ? '/block why' : '/unblock');
    await play.settles();
    times.push(performance.now() - began);
  }
  return median(times);
};

/** The same change with ten and with ten thousand epics open. */
export const measureOpenEpics = async (): Promise<Figure> => {
  const play = await openPlay();
  try {
    await play.starts('feature');
    await stateChange(play);
    const few = await stateChange(play);
    await withClient(play.databaseUrl, async (client) => {
      await client.query(manyEpics, [10_000]);
      await client.query(manyEvents, [200_000]);
      await client.query('analyze');
    });
    const many = await stateChange(play);
    const ratio = many / few;
    return {
      name: 'a state change with 10,000 open epics ÷ with 10',
      must: '0.75–1.25',
      want: '1',
      measured: `${ratio.toFixed(2)} (${few.toFixed(0)} ms → ${many.toFixed(0)} ms, settled)`,
      holds: judge(ratio, 'at-most', 1.25, 1.05),
    };
  } finally {
    await play.ends();
  }
};

const appendOne = `insert into events (epic_id, version, type, data, cause, at) values ($1, 1, 'StageReady', '{"type":"StageReady"}', 'bench', now())`;

const appendTime = async (client: pg.Client): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < 400; round += 1) {
    const began = performance.now();
    await client.query(appendOne, [`new-${randomUUID()}`]);
    times.push(performance.now() - began);
  }
  return median(times);
};

/** Appending to a ledger of a million events, beside one of a thousand. */
export const measureLongLedger = async (events: number): Promise<Figure> => {
  const [short, long] = [await freshDatabase(), await freshDatabase()];
  try {
    const ratio = await withClient(short.url, (small) =>
      withClient(long.url, async (large) => {
        await small.query(manyEvents, [1_000]);
        await large.query(manyEvents, [events]);
        await large.query('analyze');
        const ratios: number[] = [];
        for (let round = 0; round < 5; round += 1) {
          const before = await appendTime(small);
          ratios.push((await appendTime(large)) / before);
        }
        return median(ratios);
      }),
    );
    return {
      name: `append with ${events.toLocaleString('en')} events in the ledger ÷ with 1,000, p50`,
      must: '≤ 1.5',
      want: '≤ 1.3',
      measured: ratio.toFixed(2),
      holds: judge(ratio, 'at-most', 1.5, 1.3),
    };
  } finally {
    await short.drop();
    await long.drop();
  }
};
