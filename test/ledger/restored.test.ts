/** F60: a copy from before an epic began takes up what GitHub has of it. */
import { expect, test } from 'vitest';
import { copyOf, flawsOf, made, open, openOn, restored, until } from './brought-back.ts';

test('a copy from before the epic: labelled once more, it adopts the issues that are there, no second set is made', async () => {
  const play = await open();
  await play.settles();
  await play.house.stop();
  const copy = await copyOf(play.databaseUrl);
  await play.house.start();
  const epic = await play.starts('feature');
  await play.says('octo-pm', play.stage('1_define'), '/claim');
  const issues = made(play);
  await play.house.kill();

  await restored(play, copy);
  await openOn(play, copy);
  const pat = play.person('octo-pm');
  pat.unlabels(epic, 'workflow:feature');
  pat.labels(epic, 'workflow:feature');
  expect(await until(() => play.state('1_define') === 'ready')).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(made(play)).toEqual(issues);
  expect(await flawsOf(copy)).toEqual([]);
}, 120_000);
