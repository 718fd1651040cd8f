/** T95: nobody changes the past unseen, not even who owns the database; and a sound ledger is never called changed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Flaw } from '../../src/engine/verify/flaw.ts';
import { type Head, verifyLedger } from '../../src/engine/verify-ledger.ts';
import { openScene, planned } from '../stories/pull-requests-scene.ts';
import type { Play } from '../world/play.ts';
import { runGatehouse } from './run-gatehouse.ts';
import { chanceOf, remember, tamperings } from './tamper.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-verify-'));
const kept = join(folder, 'heads.jsonl');
/** GATEHOUSE_TAMPER=1000 for the long run. */
const times = Number(process.env['GATEHOUSE_TAMPER'] ?? 100);

let play: Play;
let client: pg.Client;
let heads: readonly Head[] = [];
let restore: () => Promise<void>;

/** Epics in every state, with pull requests that were linked, moved and let go, and words that are hard to keep. */
const live = async (): Promise<void> => {
  const eng = play.person('octo-eng');
  const build = await planned(play, 'First \ud83d half an emoji \u202e');
  eng.says(build, '/claim');
  const pull = eng.opensPullRequest({ title: 'cart', branch: 'cart', body: `Stage: #${build.number}` });
  const other = eng.opensPullRequest({ title: 'cup', branch: `stage/${build.number}-cup` });
  await play.settles();
  play.person('octo-em').reviews(pull, 'APPROVED', 'good \0 work');
  await play.says('octo-eng', build, '/submit');
  eng.editsPullRequest(other, { body: 'nothing any more' });
  await play.says('octo-em', build, '/reject not like this');
  await play.says('octo-eng', build, '/submit better');
  eng.pushes(pull);
  await play.settles();
  play.person('octo-em').reviews(pull, 'APPROVED');
  eng.closesPullRequest(other);
  await play.settles();
  await play.starts('pair', 'Second');
  await play.says('octo-eng', play.stage('1_both'), '/claim');
  // A claim outlives its issue, and counts under the number of the next one.
  play.person('octo-admin').deletesIssue(play.stage('1_both'));
  await play.settles();
  await play.says('octo-eng', play.stage('1_both'), '/block waiting for "them"');
  await play.starts('patch', 'Third');
  await play.says('octo-em', play.checklist(), '/cancel not needed');
  await play.starts('feature', 'Fourth');
  await play.says('octo-em', play.checklist(), '/pause');
};

beforeAll(async () => {
  play = await openScene();
  await live();
  client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
}, 120_000);
afterAll(async () => {
  await client.end();
  await play.ends();
  rmSync(folder, { recursive: true });
});

const gatehouse = (...args: readonly string[]) => runGatehouse(args, { DATABASE_URL: play.databaseUrl });

const flawsOf = async (against?: readonly Head[]): Promise<readonly Flaw[]> => {
  const flaws: Flaw[] = [];
  const onFlaw = (flaw: Flaw): void => void flaws.push(flaw);
  await verifyLedger(play.databaseUrl, { onFlaw, ...(against === undefined ? {} : { against }) });
  return flaws;
};

test('a ledger that was lived with is sound, while the service goes on; its heads can be kept and held against it', async () => {
  const first = await gatehouse('verify', '--heads', kept);
  expect(first).toMatchObject({ code: 0, talk: '' });
  expect(first.out).toMatch(/^\d+ events of 4 epics: nothing was changed\.\n$/);
  heads = readFileSync(kept, 'utf8')
    .trim()
    .split('\n')
    .map((line): Head => JSON.parse(line));
  expect(heads).toHaveLength(4);
  await play.says('octo-em', play.checklist(), '/resume');
  const later = await gatehouse('verify', '--json', '--against', kept);
  expect([later.code, JSON.parse(later.out)]).toMatchObject([0, { ok: true, epics: 4, flaws: [] }]);
}, 60_000);

test('a changed event is named with its place; its heads are not written; exit 1', async () => {
  await play.house.stop();
  const now: Head[] = [];
  const onHead = (head: Head): void => void now.push(head);
  await verifyLedger(play.databaseUrl, { onFlaw: () => undefined, onHead });
  heads = now;
  await client.query('set session_replication_role = replica');
  restore = await remember(client);
  await client.query(`update events set data = replace(data::text, 'not like this', 'lovely')::json`);
  const never = join(folder, 'never.jsonl');
  const { code, out, talk } = await gatehouse('verify', '--heads', never);
  expect([code, talk]).toEqual([1, 'gatehouse: no heads were written\n']);
  expect(out).toMatch(
    /^epic \d+ version \d+: its hash is not that of its contents .* \(hash\)\n\d+ events of 4 epics: 1 flaw\.\n$/,
  );
  expect(() => readFileSync(never)).toThrow();
  await restore();
  expect(await flawsOf(heads)).toEqual([]);
}, 60_000);

test(
  `${times} random changes of a copy, by every way there is: each is found`,
  async () => {
    const chance = chanceOf(20261121);
    const missed: string[] = [];
    const tried = new Map<string, number>();
    for (let [n, done] = [0, 0]; done < times; n += 1) {
      const tampering = tamperings[n % tamperings.length];
      if (tampering === undefined || !(await tampering.run(client, chance))) continue;
      done += 1;
      tried.set(tampering.name, (tried.get(tampering.name) ?? 0) + 1);
      const flaws = await flawsOf(tampering.foundBy === 'heads' ? heads : undefined);
      if (flaws.length === 0) missed.push(`${n}: ${tampering.name}`);
      await restore();
    }
    expect(missed).toEqual([]);
    expect(tamperings.filter(({ name }) => !tried.has(name))).toEqual([]);
    expect(await flawsOf(heads)).toEqual([]);
  },
  30_000 + times * 1_500,
);

test('heads that cannot be written are exit 2, and named as they were asked for', async () => {
  const nowhere = join(folder, 'nowhere', 'heads.jsonl');
  expect(await gatehouse('verify', '--heads', nowhere)).toMatchObject({
    code: 2,
    talk: `gatehouse: ${nowhere}: cannot be written (ENOENT)\n`,
  });
}, 30_000);

test('files of heads that are none are exit 2, and say where', async () => {
  const broken = join(folder, 'broken.jsonl');
  writeFileSync(broken, `${JSON.stringify(heads[0])}\n{"epic": 1}\n`);
  const wrong = await gatehouse('verify', '--against', broken);
  expect([wrong.code, wrong.talk]).toEqual([
    2,
    `gatehouse: ${broken}:2: this is not {"epic", "version", "hash"}\n`,
  ]);
  const none = await gatehouse('verify', '--against', join(folder, 'none.jsonl'));
  expect([none.code, none.talk]).toEqual([2, expect.stringContaining('ENOENT')]);
});
