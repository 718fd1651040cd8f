/** A workflow's label on an issue of ours, before the ledger knows its number: it would take a stage away from its epic (threats T50, T51). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlay, type Play } from '../../world/play.ts';
import { post } from '../ingress/letter.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
  await play.starts('feature');
}, 60_000);
afterAll(() => play.ends());

interface Payload {
  readonly issue: { readonly number: number };
  readonly label?: object;
}

const checklists = (): number =>
  [...play.github.state.issues.values()].filter(({ title }) => title.startsWith('[')).length;

test('T50: starts nothing', async () => {
  const stage = play.stage('1_define');
  const told = play.github.deliveries
    .filter(({ event, action }) => event === 'issues' && (action === 'labeled' || action === 'opened'))
    .map(({ payload }) => payload as unknown as Payload);
  const started = told.find(({ label }) => JSON.stringify(label ?? '').includes('workflow:feature'));
  const ours = told.find(({ issue }) => issue.number === stage.number);
  const before = checklists();
  expect([before, ours === undefined]).toEqual([1, false]);
  const issue = { ...ours?.issue, number: 4321, id: 987_654_321, node_id: 'I_4321' };
  const body = JSON.stringify({ ...started, issue });
  expect(await post(play.house, body, { event: 'issues' })).toBe(202);
  await play.settles();
  expect(checklists()).toBe(before);
  const answer = await fetch(`${play.house.url}/api/v1/epics`);
  expect(await answer.text()).not.toContain('987654321');
}, 120_000);
