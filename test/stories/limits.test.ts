/** A limit to what somebody may have in hand holds also for claims of the same moment (requirements: work in progress). */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Play } from '../world/play.ts';
import { openScene, planned } from './pull-requests-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene({ policy: { wip: '{ person: 1 }' } });
}, 60_000);
afterAll(() => play.ends());

const waiting = `select count(*)::int as count from pg_locks
  where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;

test('of two stages of two epics claimed in the same moment by somebody who may have one, they get one', async () => {
  const stages = [await planned(play, 'One'), await planned(play, 'Two')];
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  const lock = `hashtextextended('claims ' || ${play.acme.shop.id}, 0)`;
  await client.query(`select pg_advisory_lock(${lock})`);
  const said = stages.map((stage) => play.person('octo-eng').says(stage, '/claim'));
  while ((await client.query<{ count: number }>(waiting)).rows[0]?.count !== 2)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await client.query(`select pg_advisory_unlock(${lock})`);
  await client.end();
  await play.settles();
  expect(said.map((comment) => play.reactions(comment).join()).toSorted()).toEqual(['+1', 'confused']);
  expect(stages.filter((stage) => play.labels(stage).includes('stage:in-progress'))).toHaveLength(1);
}, 60_000);
