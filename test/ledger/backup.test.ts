/** F60: a copy of the ledger, brought back, is the ledger; one older than GitHub is takes up what is there and makes no second set. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { verifyLedger } from '../../src/engine/verify-ledger.ts';
import { openDatabase } from '../../src/ledger/database.ts';
import { findCluster } from '../../src/ledger/embedded/cluster.ts';
import { startEmbedded } from '../../src/ledger/embedded.ts';
import { append, readStream } from '../../src/ledger/epics.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { openScene, planned } from '../stories/pull-requests-scene.ts';
import { copyOf, flawsOf, made, open, openOn, restored, until } from './brought-back.ts';

const event = {
  type: 'EpicPaused',
  reason: 'copied',
  at: '2026-03-01T09:00:00.000Z',
  by: { id: 1, login: 'a' },
} as const;

test('the embedded ledger: its directory, copied while the service was stopped, opens elsewhere with its chain whole', async () => {
  const place = await mkdtemp(join(tmpdir(), 'gatehouse-backup-'));
  const [home, elsewhere] = [join(place, 'data'), join(place, 'restored')];
  onTestFinished(async () => {
    for (const one of [home, elsewhere]) {
      const cluster = await findCluster(one);
      if (cluster !== undefined) await rm(cluster.dir, { recursive: true, force: true });
    }
    await rm(place, { recursive: true, force: true });
  });
  const server = await startEmbedded(home);
  const db = openDatabase(server.url, { max: 2 });
  await migrate(db);
  const write = (on: typeof db, expectedVersion: number): Promise<number> =>
    inTransaction(on, (tx) =>
      append(tx, {
        epicId: 'e',
        expectedVersion,
        events: [event, event],
        cause: 'c',
        actorId: 1,
        at: event.at,
      }),
    );
  await write(db, 0);
  await db.close();
  await server.stop();

  // As migrations/README.md tells an operator to: the directory, or the one that `postgres.location` names.
  const from = await findCluster(home);
  if (from === undefined) throw new Error('no cluster');
  await mkdir(elsewhere);
  await cp(from.dir, join(elsewhere, 'postgres'), { recursive: true, preserveTimestamps: true });
  chownLike(from.as, join(elsewhere, 'postgres'), place);
  const restored = await startEmbedded(elsewhere);
  const again = openDatabase(restored.url, { max: 2 });
  expect((await readStream(again, 'e')).version).toBe(2);
  expect(await write(again, 2)).toBe(4);
  await again.close();
  const flaws: string[] = [];
  await verifyLedger(restored.url, { onFlaw: ({ code }) => void flaws.push(code) });
  // These events were never an epic's; its chain is what counts here.
  expect(flaws).toEqual([]);
  await restored.stop();
}, 120_000);

/** The copy belongs to root where a test runs as root; PostgreSQL wants its own. */
function chownLike(as: object, dir: string, place: string): void {
  if (!('uid' in as)) return;
  execFileSync('chown', ['-R', `${as.uid}`, dir]);
  execFileSync('chmod', ['o+x', place, dirname(dir)]);
}

const query = async (url: string, statement: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
};

test('a copy from before the last stages were worked on: what was said since is fetched from GitHub and decided again', async () => {
  const play = await open();
  await play.starts('feature');
  await play.house.stop();
  const copy = await copyOf(play.databaseUrl);
  await play.house.start();
  await play.says('octo-pm', play.stage('1_define'), '/claim');
  await play.says('octo-pm', play.stage('1_define'), '/submit');
  await play.says('octo-em', play.stage('1_define'), '/approve');
  expect(play.state('1_define')).toBe('done');
  const issues = made(play);
  await play.house.kill();

  const { deliveries, epics } = await restored(play, copy);
  expect([deliveries > 0, epics]).toEqual([true, 1]);
  await openOn(play, copy);
  const stages = (): readonly string[] => [play.state('1_define'), play.state('2_design')];
  const row = async (): Promise<string> =>
    JSON.stringify(await query(copy, `select summary->'stages'->0->>'status' as status from epics`));
  while (!(await row()).includes('done')) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await until(() => stages().join() === 'done,ready')).toBe(true);
  expect(made(play)).toEqual(issues);
  expect(await flawsOf(copy)).toEqual([]);
}, 120_000);

test('a copy from before an approval that GitHub no longer remembers: the check that it had passed is closed again', async () => {
  const play = await openScene();
  onTestFinished(() => play.ends());
  const stage = await planned(play);
  const eng = play.person('octo-eng');
  await play.says('octo-eng', stage, '/claim');
  const pull = eng.opensPullRequest({ title: 'cart', branch: 'cart', body: `Stage: #${stage.number}` });
  await play.settles();
  await play.house.stop();
  const copy = await copyOf(play.databaseUrl);
  await play.house.start();
  await play.says('octo-eng', stage, '/submit');
  await play.says('octo-em', stage, '/approve');
  expect(play.check(pull)?.conclusion).toBe('success');
  await play.house.kill();
  // Three days have passed.
  for (const one of play.github.deliveries) one.at = '2020-01-01T00:00:00Z';

  expect((await restored(play, copy)).deliveries).toBe(0);
  await openOn(play, copy);
  expect(await until(() => play.check(pull)?.conclusion !== 'success')).toBe(true);
  expect(await until(() => play.state('2_build') === 'in-progress')).toBe(true);
  expect(await flawsOf(copy)).toEqual([]);
}, 120_000);

test('a copy from between the decision and the issues: what GitHub has by now is adopted, no second set is made', async () => {
  const play = await open();
  const pat = play.person('octo-pm');
  const epic = pat.opensIssue({ title: 'Faster checkout', body: '' }, play.acme.shop);
  await play.settles();
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  await client.query(`select pg_advisory_lock(hashtextextended('lane epic:${epic.id}', 0))`);
  pat.labels(epic, 'workflow:feature');
  const opened = async (): Promise<boolean> => (await client.query('select 1 from events')).rowCount !== 0;
  while (!(await opened())) await new Promise((resolve) => setTimeout(resolve, 20));
  await play.house.stop();
  await client.end();
  const copy = await copyOf(play.databaseUrl);
  await play.house.start();
  await play.settles();
  await play.says('octo-pm', play.stage('1_define'), '/claim');
  const issues = made(play);
  expect(issues).toHaveLength(7);
  await play.house.kill();

  expect((await restored(play, copy)).promises).toBeGreaterThan(0);
  await openOn(play, copy);
  const claimed = async (): Promise<boolean> =>
    JSON.stringify(await query(copy, 'select summary from epics')).includes('"in-progress"');
  while (!(await claimed())) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(made(play)).toEqual(issues);
  expect(await flawsOf(copy)).toEqual([]);
}, 120_000);
