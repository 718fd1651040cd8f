/** Two hundred deliveries a second for as long as asked, on a schedule that does not wait for answers (threats G13): `node test/bench/ingress.ts [--minutes 10] [--rate 200]`. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freshDatabase, setup, teardown } from '../world/database.ts';
import { type Figure, judge, table } from './figure.ts';
import { headersOf, payload } from './intake.ts';
import { type Listening, listening } from './process.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '0.5' }, rate: { type: 'string', default: '200' } },
});
const seconds = Number(values.minutes) * 60;
const rate = Number(values.rate);

interface Heard {
  readonly status: number;
  /** From the moment it was due, not from the moment it was sent: a late sender must not hide a slow receiver. */
  readonly took: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const headers = headersOf('pull_request', payload);

const send = (url: string, due: number): Promise<Heard> =>
  new Promise((resolve) => {
    const end = (status: number): void => resolve({ status, took: performance.now() - due });
    const own = {
      ...headers,
      'x-github-delivery': randomUUID(),
      'content-length': Buffer.byteLength(payload),
    };
    const asking = request(url, { method: 'POST', agent, headers: own }, (answer) => {
      answer.resume();
      answer.on('end', () => end(answer.statusCode ?? 0));
    });
    asking.on('error', () => end(0));
    asking.end(payload);
  });

/** Sends what is due, sleeping in between; answers everything that was heard and the memory at start, middle and end. */
const flood = async (
  house: Listening,
): Promise<{ readonly heard: readonly Heard[]; readonly memory: readonly number[] }> => {
  const url = `${house.url}/api/github/webhooks`;
  const total = Math.round(seconds * rate);
  const memory = [house.memory()];
  const sending: Promise<Heard>[] = [];
  const began = performance.now();
  for (let sent = 0; sent < total; ) {
    const due = began + (sent * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sending.push(send(url, due));
    sent += 1;
    if (sent === Math.floor(total / 2)) memory.push(house.memory());
  }
  const heard = await Promise.all(sending);
  memory.push(house.memory());
  return { heard, memory };
};

const stored = async (url: string): Promise<number> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>('select count(*) from deliveries');
  await client.end();
  return Number(rows[0]?.count);
};

const figuresOf = (heard: readonly Heard[], memory: readonly number[], kept: number): readonly Figure[] => {
  const times = heard.map(({ took }) => took).sort((one, other) => one - other);
  const at = (part: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  const no = heard.filter(({ status }) => status < 200 || status > 299).length;
  const name = `${rate} deliveries/s of 27 KB for ${seconds} s`;
  const [start = 0, , end = 0] = memory;
  return [
    {
      name: `${name}: p99`,
      must: '≤ 250 ms',
      want: '≤ 50 ms',
      measured: `${at(0.99).toFixed(1)} ms (p50 ${at(0.5).toFixed(1)} ms)`,
      holds: judge(at(0.99), 'at-most', 250, 50),
    },
    {
      name: `${name}: slowest`,
      must: '≤ 2 s',
      want: '≤ 0.5 s',
      measured: `${at(1).toFixed(0)} ms`,
      holds: judge(at(1), 'at-most', 2_000, 500),
    },
    {
      name: `${name}: not 2xx, or 2xx and not stored`,
      must: '0',
      want: '0',
      measured: `${no}, ${heard.length - no - kept}`,
      holds: no === 0 && kept === heard.length ? 'want' : 'no',
    },
    {
      name: `${name}: memory at start, middle, end`,
      must: 'end ≤ start + 150 MB',
      want: '+ 80 MB',
      measured: memory.map((one) => `${one.toFixed(0)} MB`).join(', '),
      holds: judge(end - start, 'at-most', 150, 80),
    },
  ];
};

await setup();
const database = await freshDatabase();
try {
  const house = await listening('src/main.ts', '/readyz', {
    DATABASE_URL: database.url,
    GITHUB_API_URL: 'http://127.0.0.1:9',
  });
  // What is compiled and connected first is no part of it.
  for (let warm = 0; warm < 200; warm += 1) await send(`${house.url}/api/github/webhooks`, performance.now());
  const before = await stored(database.url);
  const { heard, memory } = await flood(house);
  const figures = figuresOf(heard, memory, (await stored(database.url)) - before);
  await house.stop();
  process.stdout.write(`${table(figures)}\n`);
  process.exitCode = figures.some(({ holds }) => holds === 'no') ? 1 : 0;
} finally {
  agent.destroy();
  await database.drop();
  await teardown();
}
