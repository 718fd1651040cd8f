/** What is written down is true: links lead somewhere, tables equal what the code says. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandTable } from '../src/core/render/reply.ts';
import { readers } from '../src/github/incoming/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const pages = [
  'README.md',
  'src/README.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
  'workflows/README.md',
  'migrations/README.md',
  'test/README.md',
];

test.each(pages)('a reader of %s is not sent to a page that is not there', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
  expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
});

test('a newcomer who follows the map finds every file it names', () => {
  const named = [
    ...read('src/README.md').matchAll(/`((?:core|engine|github|http|ledger|cli)\/[\w/.-]+\.ts)`/g),
  ].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(root, 'src', path)))).toEqual([]);
});

test('the README shows the commands there are', () => {
  const shown = /<!-- commands -->\n([\s\S]*?)\n<!-- \/commands -->/.exec(read('README.md'))?.[1];
  expect(shown, 'put what commandTable() prints between the markers in README.md').toBe(commandTable());
});

test('an admin who installs the App gets every event the code reads', () => {
  const manifest = parse(read('app.yml'));
  // Every App is sent these two.
  const always = ['installation', 'installation_repositories'];
  const asked: readonly string[] = [...manifest.default_events, ...always];
  expect(
    [...new Set(readers.map((reader) => reader.event))].filter((event) => !asked.includes(event)),
  ).toEqual([]);
});

test('the README names every variable the service reads', () => {
  const names = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1] ?? '');
  expect(names.length).toBeGreaterThan(8);
  expect(
    [...names, 'PRIVATE_KEY', 'PRIVATE_KEY_PATH'].filter(
      (name) => !read('README.md').includes(`\`${name}\``),
    ),
  ).toEqual([]);
});

test('what somebody writes into .env reaches the service that compose starts: a secret that is being retired too', () => {
  const names = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1] ?? '');
  const compose = parse(read('compose.yaml'));
  const passed = Object.keys(compose.services.gatehouse.environment);
  // Where it listens is the image's own, and the ledger is the server beside it.
  const own = ['PORT', 'HOST', 'GATEHOUSE_DATA'];
  expect([...names, 'PRIVATE_KEY'].filter((name) => !passed.includes(name) && !own.includes(name))).toEqual(
    [],
  );
});
