/** `npm run test:threats`: every row of the threat list with the tests whose titles carry its id; exits 1 where too few have one (threats G17). */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Row, rows } from './rows.ts';

interface Shown {
  readonly row: Row;
  /** `file: title`, each once. */
  readonly tests: readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));

const testFiles = (): readonly string[] =>
  readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();

/** The first text given to a test or a group of tests, also where it comes after a table of cases. */
const title = /\b(?:test|it|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;
/** Titles of cases that stand in a table as the first text of a row. */
const tableTitle = /\[\s*(['"`])(T\d{2,3}\b(?:\\.|(?!\1)[^\n])*)\1/g;

const titlesIn = (text: string): readonly string[] => [
  ...[...text.matchAll(title)].map((match) => match[2] ?? ''),
  ...[...text.matchAll(tableTitle)].map((match) => match[2] ?? ''),
];

const idsIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/\bT(\d{2,3})[–-]T?(\d{2,3})\b/g)].flatMap(([, from, to]) =>
    Array.from(
      { length: Number(to) - Number(from) + 1 },
      (_, index) => `T${String(Number(from) + index).padStart(2, '0')}`,
    ),
  ),
  ...[...text.matchAll(/\bT\d{2,3}\b/g)].map(([id]) => id),
];

const collect = (): readonly Shown[] => {
  const byId = new Map<string, Set<string>>();
  for (const file of testFiles()) {
    for (const one of titlesIn(readFileSync(join(root, file), 'utf8'))) {
      for (const id of idsIn(one)) byId.set(id, (byId.get(id) ?? new Set()).add(`${file}: ${one}`));
    }
  }
  return rows.map((row) => ({ row, tests: [...(byId.get(row.id) ?? [])] }));
};

const share = (
  shown: readonly Shown[],
  priority: Row['priority'],
): { readonly text: string; readonly all: number } => {
  const of = shown.filter(({ row }) => row.priority === priority);
  const tested = of.filter(({ tests }) => tests.length > 0).length;
  const all = of.length === 0 ? 1 : tested / of.length;
  return { text: `${priority}: ${tested} of ${of.length} rows (${(all * 100).toFixed(0)} %)`, all };
};

const asText = (shown: readonly Shown[]): string =>
  shown
    .map(({ row, tests }) => {
      const head = `${row.id} ${row.priority} ${row.hazard}${row.closed === true ? ' [closed door]' : ''}`;
      return [head, ...(tests.length === 0 ? ['    NO TEST'] : tests.map((one) => `    ${one}`))].join('\n');
    })
    .join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const asMarkdown = (shown: readonly Shown[]): string =>
  [
    '| row | | hazard | tests |',
    '| --- | --- | --- | --- |',
    ...shown.map(({ row, tests }) => {
      const files = [...new Set(tests.map((one) => one.slice(0, one.indexOf(': '))))];
      const hazard = `${row.hazard}${row.closed === true ? ' (the door is not there)' : ''}`;
      return `| ${row.id} | ${row.priority} | ${cell(hazard)} | ${files.length === 0 ? '–' : files.map((file) => `\`${file.replace(/^test\//, '')}\``).join(', ')} |`;
    }),
  ].join('\n');

const shown = collect();
const [p0, p1, p2] = [share(shown, 'P0'), share(shown, 'P1'), share(shown, 'P2')];
process.stdout.write(`${process.argv.includes('--markdown') ? asMarkdown(shown) : asText(shown)}\n\n`);
process.stdout.write(`${[p0, p1, p2].map((one) => one.text).join('\n')}\n`);
process.exitCode = p0.all === 1 && p1.all >= 0.95 ? 0 : 1;
