/** Another app that keeps changing our issues does not get us into a fight without end (threats F38). */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ask } from '../threats/ingress/letter.ts';
import { openPlay, type Play } from '../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
  await play.starts('feature');
}, 60_000);
afterAll(() => play.ends());

test('F38: an issue that is changed again and again is put right five times, and then by the next comparison', async () => {
  const stage = play.stage('1_define');
  const { title } = stage;
  const seen: string[] = [];
  for (let times = 1; times <= 7; times += 1) {
    play.person('octo-pm').editsIssue(stage, { title: `Mine ${times}` });
    await play.settles();
    seen.push(stage.title);
  }
  expect(seen).toEqual([...Array.from({ length: 5 }, () => title), 'Mine 6', 'Mine 7']);
  expect(play.house.output()).toContain('changed again and again');
  await play.house.stop();
  await ask(play.databaseUrl, 'delete from rounds');
  await play.house.start();
  await vi.waitFor(() => expect(stage.title).toBe(title), { timeout: 20_000, interval: 50 });
}, 60_000);
