/** Gone for longer than GitHub remembers: an App that was uninstalled meanwhile knows it, and asks nobody for nothing ever after. */
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPlay, type Play } from '../world/play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
}, 60_000);
afterEach(() => play.ends());

const ask = async (text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  await client.query(text).finally(() => client.end());
};

test('uninstalled while nothing ran and with no delivery left to tell of it, the page says so after the start', async () => {
  await play.starts('bug');
  await play.house.stop();
  const [installation] = play.github.state.installations.values();
  if (installation === undefined) throw new Error('The App is installed nowhere.');
  play.github.faults.webhooks.push({ event: 'installation', fate: 'vanished' });
  play.person('octo-admin').uninstalls(installation);
  await play.github.settled();
  // A start looks at everything unless another one did within the last minute.
  await ask('delete from rounds');
  await play.house.start();
  const home = async (): Promise<string> => (await fetch(`${play.house.url}/`)).text();
  await expect
    .poll(home, { timeout: 15_000 })
    .toContain('acme: the App was uninstalled, 1 epic stands still.');
  expect(play.house.output()).toContain('the App may not act here any more');
}, 60_000);
