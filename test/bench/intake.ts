/** How fast deliveries are stored, beside a Probot app that stores nothing. */
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import type { FreshDatabase } from '../world/database.ts';
import { app } from '../world/house.ts';
import { type Figure, judge, median } from './figure.ts';
import { type Listening, listening } from './process.ts';

const examples: { readonly name: string; readonly examples: readonly { readonly action?: string }[] }[] =
  JSON.parse(
    readFileSync(
      new URL('../../node_modules/@octokit/webhooks-examples/api.github.com/index.json', import.meta.url),
      'utf8',
    ),
  );
const labelled = examples
  .find(({ name }) => name === 'pull_request')
  ?.examples.find(({ action }) => action === 'labeled');
/** 27 KB as GitHub sends them. */
export const payload = JSON.stringify(labelled);

/** Headers of a genuine delivery of `body`. */
export const headersOf = (event: string, body: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-github-event': event,
  'x-github-delivery': randomUUID(),
  'x-hub-signature-256': `sha256=${createHmac('sha256', app.secret).update(body).digest('hex')}`,
});

interface Load {
  readonly rate: number;
  readonly slowest: number;
  readonly failed: number;
}

const load = async (target: Listening, connections: number, seconds: number): Promise<Load> => {
  const headers = headersOf('pull_request', payload);
  const result = await autocannon({
    url: `${target.url}/api/github/webhooks`,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        body: payload,
        setupRequest: (request) => ({
          ...request,
          headers: { ...headers, 'x-github-delivery': randomUUID() },
        }),
      },
    ],
  });
  return {
    rate: result['2xx'] / result.duration,
    slowest: result.latency.max,
    failed: result.non2xx + result.errors,
  };
};

/** Rounds of Gatehouse, no-op Probot and a bare server, one after the other; ratios are taken within a round. */
export const measureIntake = async (
  database: FreshDatabase,
  rounds: number,
  seconds: number,
): Promise<readonly Figure[]> => {
  const house = await listening('dist/main.js', '/readyz', {
    DATABASE_URL: database.url,
    GATEHOUSE_WORKERS: '0',
  });
  const probot = await listening('test/bench/noop-probot.ts', '/ping');
  const bare = await listening('test/bench/bare-server.ts', '/', {}, 500);
  const figures: Figure[] = [];
  for (const [connections, must, want] of [
    [10, 0.6, 1.0],
    [50, 0.8, 1.2],
  ] as const) {
    const ratios: number[] = [];
    const toBare: number[] = [];
    const rates: number[] = [];
    const slowest: number[] = [];
    let failed = 0;
    for (let round = 0; round < rounds; round += 1) {
      const ours = await load(house, connections, seconds);
      const theirs = await load(probot, connections, seconds);
      const floor = await load(bare, connections, seconds);
      ratios.push(ours.rate / theirs.rate);
      toBare.push(ours.rate / floor.rate);
      rates.push(ours.rate);
      slowest.push(ours.slowest);
      failed += ours.failed;
    }
    const ratio = median(ratios);
    figures.push({
      name: `stored deliveries/s ÷ no-op Probot, 27 KB, ${connections} connections`,
      must: `≥ ${must}`,
      want: `≥ ${want.toFixed(1)}`,
      measured: `${ratio.toFixed(2)} (${Math.round(median(rates))}/s; ÷ bare node:http ${median(toBare).toFixed(2)}; ${failed} failed)`,
      holds: failed > 0 ? 'no' : judge(ratio, 'at-least', must, want),
    });
    if (connections === 50) {
      const worst = median(slowest);
      figures.push({
        name: 'slowest answer at 50 connections',
        must: '≤ 1 s',
        want: '≤ 0.3 s',
        measured: `${Math.round(worst)} ms`,
        holds: judge(worst, 'at-most', 1_000, 300),
      });
    }
  }
  for (const one of [house, probot, bare]) await one.stop();
  return figures;
};

/** Start and memory, beside the same Probot app. */
export const measureRest = async (database: FreshDatabase, rounds: number): Promise<readonly Figure[]> => {
  const starts: number[] = [];
  const memory: number[] = [];
  const noop: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const house = await listening('dist/main.js', '/readyz', { DATABASE_URL: database.url });
    const probot = await listening('test/bench/noop-probot.ts', '/ping');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    starts.push(house.readyAfter);
    memory.push(house.memory() / probot.memory());
    noop.push(probot.memory());
    await house.stop();
    await probot.stop();
  }
  const start = median(starts);
  const ratio = median(memory);
  return [
    {
      name: 'start to /readyz, own database given',
      must: '≤ 2 s',
      want: '≤ 0.8 s',
      measured: `${(start / 1_000).toFixed(2)} s`,
      holds: judge(start, 'at-most', 2_000, 800),
    },
    {
      name: 'memory at rest ÷ no-op Probot',
      must: '≤ 1.8',
      want: '≤ 1.3',
      measured: `${ratio.toFixed(2)} (Probot ${Math.round(median(noop))} MB)`,
      holds: judge(ratio, 'at-most', 1.8, 1.3),
    },
  ];
};
