/** What GitHub could not deliver is asked for as long as GitHub keeps it: an hour with a closed door or a wrong secret loses nothing (threats A1, F01). */
import { beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { recoverDeliveries } from '../../src/engine/recover-deliveries.ts';
import { GitHubFailure } from '../../src/github/failure.ts';
import { cellar } from '../ledger/inbox.ts';

const house = cellar();
const minute = 60_000;

/** GitHub's log of failed attempts, and what was asked for again. */
const log: { readonly id: number; readonly guid: string; readonly at: number }[] = [];
const asked: number[] = [];
let gone: number | undefined;
let now = Date.parse('2026-11-21T08:00:00Z');

const app = {
  get: async () => ({
    status: 200,
    headers: {},
    data: log
      .toReversed()
      .map(({ id, guid, at }) => ({ id, guid, delivered_at: new Date(at).toISOString(), status_code: 502 })),
  }),
  request: async (_route: string, { delivery_id: id }: { readonly delivery_id: number }) => {
    if (id === gone) throw new GitHubFailure({ kind: 'refused', status: 404, message: 'Not Found', url: '' });
    asked.push(id);
    const guid = log.find((one) => one.id === id)?.guid ?? '';
    log.push({ id: id + 1_000, guid, at: now });
  },
};
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const engine = (): Engine =>
  ({ db: house.db, github: { app }, log: quiet, now: () => new Date(now) }) as unknown as Engine;

/** One look a minute, for so long; the ledger's clock goes along. */
const looks = async (minutes: number): Promise<void> => {
  for (let passed = 0; passed < minutes; passed += 1) {
    await recoverDeliveries(engine(), minute / 2);
    now += minute;
    await house.db.query(
      `update redeliveries set asked_at = asked_at - interval '1 minute'; update rounds set began = began - interval '1 minute'`,
    );
  }
};

beforeEach(async () => {
  log.length = 0;
  asked.length = 0;
  gone = undefined;
  await house.db.query('delete from redeliveries; delete from rounds');
});

test('a delivery is still asked for when the door opens again after two hours, and not each minute until then', async () => {
  log.push({ id: 1, guid: 'one', at: now });
  await looks(120);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.length).toBeLessThan(10);
  const before = asked.length;
  await looks(240);
  expect(asked.length).toBeGreaterThan(before);
});

test('a delivery that GitHub does not have any more keeps none of those behind it', async () => {
  log.push({ id: 1, guid: 'one', at: now }, { id: 2, guid: 'two', at: now + 1 });
  gone = 1;
  await looks(1);
  expect(asked).toEqual([2]);
});
