/** What cannot be read or written holds up nobody else, and is not lost: poison, a full disk, answers nobody can read (threats F14, F21, F56). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../stories/level-scene.ts';
import { freshBranch, openScene, planned, verdict } from '../../stories/pull-requests-scene.ts';
import type { Issue } from '../../world/github/state.ts';
import type { Play } from '../../world/play.ts';
import { ask } from '../ingress/letter.ts';

let play: Play;
let first: Issue;
let second: Issue;
beforeAll(async () => {
  play = await openScene();
  first = await planned(play, 'The first');
  second = await planned(play, 'The second');
}, 60_000);
afterAll(() => play.ends());

const sql = (statement: string) => ask<Record<string, string>>(play.databaseUrl, statement);

/** From now on PostgreSQL answers this state where rows that hold `text` are put into a table. */
const refuses = (table: string, state: string, text = ''): Promise<unknown> =>
  sql(`create function refuses_${table}() returns trigger language plpgsql as $$
         begin
           if row_to_json(new)::text like '%${text}%' then raise exception 'not this' using errcode = '${state}'; end if;
           return new;
         end $$;
       create trigger refuses before insert on ${table} for each row execute function refuses_${table}()`);
const takesAgain = (table: string) => sql(`drop function refuses_${table} cascade`);

/** Backoffs of minutes are over at once. */
const hurry = () => sql('update deliveries set not_before = null where not_before is not null');
const labelsOf = (issue: Issue): readonly string[] => play.labels(issue);

test('F14: a comment the ledger will not take is set aside and shown; before, behind and beside it all goes on; sent again it is read', async () => {
  await refuses('events', '22003', 'poison');
  const eng = play.person('octo-eng');
  eng.says(first, '/claim');
  const poison = eng.says(first, '/block poison');
  const asked = eng.says(first, '/status');
  await eventually(() => expect(labelsOf(first)).toContain('stage:in-progress'), 5_000);
  // Another epic, while the first one waits.
  await eventually(
    async () => expect(await sql('select 1 from deliveries where tries > 0')).toHaveLength(1),
    5_000,
  );
  const claim = play.person('octo-eng').says(second, '/claim');
  await eventually(() => expect(play.reactions(claim)).toEqual(['+1']), 5_000);
  expect(play.reactions(asked)).toEqual([]);
  await eventually(async () => {
    await hurry();
    expect(play.reactions(asked)).toEqual(['+1']);
  }, 10_000);
  expect(play.reactions(poison)).toEqual([]);
  const dead = await (await fetch(`${play.house.url}/api/v1/dead-letters`)).text();
  expect(dead).toContain('not this');
  await takesAgain('events');
  const [{ guid } = { guid: '' }] = await sql(`select guid from deliveries where state = 'set_aside'`);
  const sent = play.github.deliveries.find((one) => one.guid === guid);
  play.github.redeliver(sent?.id ?? 0);
  await play.settles();
  expect(labelsOf(first)).toContain('stage:blocked');
  await play.says('octo-eng', first, '/unblock');
}, 40_000);

test('F56: a full disk is 503 at the door and a pause inside, without a storm on GitHub; with room again everything is done once', async () => {
  const eng = play.person('octo-eng');
  const evidence = (issue: Issue, name: string) => eng.says(issue, `/evidence https://example.org/${name}`);
  await refuses('events', '53100');
  const comments = [evidence(first, 'a'), evidence(second, 'b')];
  await play.github.settled();
  play.github.clearRequests();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(play.github.requests.length).toBeLessThan(20);
  await refuses('deliveries', '53100');
  comments.push(evidence(second, 'c'));
  await play.github.settled();
  const failed = play.github.deliveries.filter(({ statusCode }) => statusCode === 503);
  expect(failed).toHaveLength(1);
  expect((await fetch(`${play.house.url}/healthz`)).status).toBe(200);
  await takesAgain('deliveries');
  await takesAgain('events');
  for (const { id } of failed) play.github.redeliver(id);
  await eventually(async () => {
    await hurry();
    expect(comments.map((one) => play.reactions(one))).toEqual([['+1'], ['+1'], ['+1']]);
  }, 15_000);
}, 40_000);

test('F21: an answer nobody can read costs nobody their review: GitHub is asked again', async () => {
  await play.says('octo-eng', second, '/claim');
  const body = `Stage: #${second.number}`;
  const pull = play.person('octo-eng').opensPullRequest({ title: 'The work', body, branch: freshBranch() });
  await play.says('octo-eng', second, '/submit');
  let left = 3;
  play.github.faults.requests.push(({ method, path }) => {
    if (method !== 'GET' || left === 0 || !/\/pulls\/\d+/.test(path)) return undefined;
    left -= 1;
    return { answer: { message: 'Everything is fine' } };
  });
  play.person('octo-em').reviews(pull, 'APPROVED');
  await eventually(async () => {
    await hurry();
    expect(verdict(play, pull)).toBe('success');
  }, 10_000);
  expect(left).toBe(0);
  expect(await sql(`select 1 from deliveries where state = 'set_aside'`)).toEqual([]);
}, 40_000);
