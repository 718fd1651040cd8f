/**
 * `npm run test:mutation`: changes the gate, role and comment-reading modules one spot at a time; 85 % must be noticed
 * (threats G22), and no line of them may be unseen (G23). `--short`: only a few of the spots, all of the lines; names of
 * groups or files choose among them.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Group, groups } from './groups.ts';

const wanted = 85;
const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = ['src', 'test', 'migrations', 'workflows', 'package.json', 'tsconfig.json'];
const args = process.argv.slice(2);
const short = args.includes('--short');
const words = args.filter((one) => !one.startsWith('--'));

const chosen = (group: Group): readonly string[] => {
  const all = short ? group.short : group.modules;
  return words.length === 0 || words.includes(group.name) ? all : all.filter((one) => words.includes(one));
};

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

interface Score {
  readonly name: string;
  readonly noticed: number;
  readonly all: number;
}

/** What was noticed of what could run; a mutant that only hangs is noticed. */
const scoreOf = (name: string, statuses: readonly string[]): Score => ({
  name,
  noticed: statuses.filter((one) => one === 'Killed' || one === 'Timeout').length,
  all: statuses.filter((one) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(one)).length,
});

const shareOf = ({ noticed, all }: Score): number => (100 * noticed) / all;
const line = (score: Score): string =>
  `${shareOf(score).toFixed(1).padStart(6)} %  ${String(score.noticed).padStart(5)} of ${String(score.all).padEnd(5)}  ${score.name}\n`;

/** Runs the suites once without any change; throws where they leave lines or branches unseen. */
const cover = (copy: string): void => {
  const args = [
    'run',
    '--config',
    'test/mutation/vitest.config.ts',
    '--reporter',
    'dot',
    '--coverage.enabled',
  ];
  execFileSync(process.execPath, ['test/mutation/node_modules/vitest/vitest.mjs', ...args], {
    cwd: copy,
    stdio: 'inherit',
  });
};

/** Mutates the modules in the copy; gives the report. */
const mutate = (copy: string, group: Group, modules: readonly string[]): Report => {
  const stryker = 'test/mutation/node_modules/@stryker-mutator/core/bin/stryker.js';
  execFileSync(
    process.execPath,
    [stryker, 'run', 'test/mutation/stryker.config.json', '--mutate', modules.join(',')],
    { cwd: copy, stdio: 'inherit', env: { ...process.env, GATEHOUSE_MUTATED: group.name } },
  );
  return JSON.parse(readFileSync(join(copy, 'reports/mutation.json'), 'utf8'));
};

const copy = mkdtempSync(join(tmpdir(), 'gatehouse-mutation-'));
try {
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  // Its own tools in its own folder; the product's are the ones installed already.
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: join(copy, 'test/mutation'),
    stdio: 'inherit',
  });
  if (words.length === 0) cover(copy);
  const scores: Score[] = [];
  let table = '';
  for (const group of groups.filter((one) => chosen(one).length > 0)) {
    const began = performance.now();
    const { files } = mutate(copy, group, chosen(group));
    const seconds = Math.round((performance.now() - began) / 1_000);
    const statuses = Object.entries(files).map(
      ([name, { mutants }]) => [name, mutants.map(({ status }) => status)] as const,
    );
    const score = scoreOf(
      `${group.name}, ${seconds} s`,
      statuses.flatMap(([, all]) => all),
    );
    scores.push(score);
    table += `${line(score)}${statuses.map(([name, all]) => line(scoreOf(`  ${name}`, all))).join('')}`;
  }
  process.stdout.write(`\n${table}`);
  process.exitCode = scores.length > 0 && scores.every((one) => shareOf(one) >= wanted) ? 0 : 1;
} catch {
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
