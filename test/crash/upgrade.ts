/**
 * `node test/crash/upgrade.ts [commit]`: the version before the newest migration and this one together on one database, act
 * by act, then the old one alone again, as in a rolling upgrade that is taken back (threats F59, G21). Needs git's history.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { verifyLedger } from '../../src/engine/verify-ledger.ts';
import { migrationFiles } from '../../src/ledger/migrate.ts';
import { type Scene, shopOptions, stories } from '../faults/story.ts';
import { freshDatabase, setup, teardown } from '../world/database.ts';
import { prepareHouse, settled } from '../world/house.ts';
import { picture } from '../world/picture.ts';
import { openPlay } from '../world/play.ts';
import { perform } from './perform.ts';

const root = new URL('../../', import.meta.url).pathname;
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const beforeNewestMigration = async (): Promise<string> => {
  const newest = (await migrationFiles()).at(-1);
  const added = git('log', '-1', '--format=%H', '--diff-filter=A', '--', `migrations/${newest}`);
  return git('rev-parse', `${added}^`);
};

const unpack = (commit: string): string => {
  const tree = mkdtempSync(join(tmpdir(), 'gatehouse-before-'));
  execFileSync('sh', ['-c', `git archive ${commit} | tar -x -C ${tree}`], { cwd: root });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
};

/** What two versions must agree on, whatever words each of them chooses. */
const essence = (pictures: ReturnType<typeof picture>): unknown =>
  pictures.map(({ title, state, labels, assignees, parent, children, blockedBy, check }) => ({
    title,
    state,
    labels,
    assignees,
    parent,
    children,
    blockedBy,
    check,
  }));

const together = async (
  tree: string,
): Promise<{ readonly wrong: readonly string[]; readonly acts: number }> => {
  const [story] = stories;
  const play = await openPlay({ ...shopOptions, root: tree, database: await freshDatabase({ empty: true }) });
  const after = await prepareHouse({ githubUrl: play.github.url, databaseUrl: play.databaseUrl });
  const scene: Scene = { github: play.github, acme: play.acme, passed: new Set(), heads: [], props: {} };
  const acts = story?.acts ?? [];
  try {
    for (const [index, act] of acts.entries()) {
      // Alone, then both by turns, then alone again.
      if (index === 2) await after.start();
      if (index === acts.length - 2) await after.stop();
      const both = index >= 2 && index < acts.length - 2;
      play.github.webhookTarget = both && index % 2 === 1 ? after.webhooks : play.house.webhooks;
      if (act.name.includes('/approve')) await new Promise((resolve) => setTimeout(resolve, 1_050));
      act.deed(scene);
      await settled(play.databaseUrl, play.github, 60_000);
    }
    const wrong: string[] = [];
    await verifyLedger(play.databaseUrl, { onFlaw: ({ code, says }) => void wrong.push(`${code}: ${says}`) });
    const alone = await perform({ story: 0, fates: [] });
    const [seen, right] = [essence(picture(play.github, play.acme.shop)), essence(alone.picture)];
    if (!isDeepStrictEqual(seen, right))
      wrong.push(
        `people see something else:\n${JSON.stringify(seen, null, 1)}\n${JSON.stringify(right, null, 1)}`,
      );
    return { wrong, acts: acts.length };
  } finally {
    await after.kill();
    await play.ends();
  }
};

await setup();
const commit = process.argv[2] ?? (await beforeNewestMigration());
const tree = unpack(commit);
try {
  const { wrong, acts } = await together(tree);
  for (const one of wrong) process.stdout.write(`${one}\n`);
  process.stdout.write(
    `${commit.slice(0, 7)} and this version together, ${acts} acts: ${wrong.length} differences\n`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(tree, { recursive: true, force: true });
  await teardown();
}
