/** Two heads of a pull request, compared with the base: the same change or another one, as GitHub's comparison tells it. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Client, Params } from '../../src/github/client.ts';
import { movedHead } from '../../src/github/facts/moved-head.ts';
import { type FailureKind, GitHubFailure } from '../../src/github/failure.ts';

interface File {
  readonly filename: string;
  readonly status?: string;
  readonly sha?: string;
  readonly patch?: string;
  readonly previous_filename?: string;
}
const place = { id: 1, nodeId: 'R', owner: 'acme', name: 'shop' };
const patchAt = (line: number, text: string): string =>
  `@@ -${line},3 +${line},4 @@ function f() {\n context\n+${text}`;

const kinds: Readonly<Record<number, FailureKind>> = { 429: 'limited', 503: 'unavailable' };

let message = 'no';
afterEach(() => {
  message = 'no';
});

const github = (old: readonly File[] | number, now: readonly File[] | number, onto = 'later'): Client => {
  const get = async (_: string, params: Params = {}) => {
    const files = String(params['basehead']) === 'main...old' ? old : now;
    if (typeof files === 'number')
      throw new GitHubFailure({
        kind: kinds[files] ?? 'refused',
        status: files,
        message,
        url: '',
      });
    return {
      status: 200,
      data: {
        merge_base_commit: { sha: String(params['basehead']) === 'main...old' ? 'base' : onto },
        files: files.map((one) => ({ status: 'modified', sha: 's', ...one })),
      },
      headers: {},
    };
  };
  return { get } as unknown as Client;
};
const moved = (old: readonly File[] | number, now: readonly File[] | number, onto?: string) =>
  movedHead(github(old, now, onto), place, 'main', { from: 'old', to: 'new' });

const file: File = { filename: 'a.ts', patch: patchAt(10, 'x') };
const many = Array.from({ length: 300 }, (_, n) => ({ filename: `f${n}` }));

test.each<[string, readonly File[], readonly File[], readonly string[]]>([
  ['the same patch further down: nothing', [file], [{ ...file, patch: patchAt(99, 'x'), sha: 't' }], []],
  ['the same files in another order: nothing', [file, { filename: 'b' }], [{ filename: 'b' }, file], []],
  ['another line', [file], [{ ...file, patch: patchAt(10, 'y') }], ['a.ts']],
  [
    'another line around it: a conflict was resolved',
    [file],
    [{ ...file, patch: patchAt(10, 'x').replace('context', 'other') }],
    ['a.ts'],
  ],
  ['one space', [file], [{ ...file, patch: patchAt(10, 'x ') }], ['a.ts']],
  ['a file more', [file], [file, { filename: 'b' }], ['b']],
  ['a file less', [file, { filename: 'b' }], [file], ['b']],
  ['removed instead of changed', [file], [{ ...file, status: 'removed' }], ['a.ts']],
  [
    'renamed: both names',
    [file],
    [{ ...file, filename: 'b.ts', previous_filename: 'a.ts', status: 'renamed' }],
    ['a.ts', 'b.ts'],
  ],
  [
    'renamed from another file',
    [{ filename: 'c', previous_filename: 'a' }],
    [{ filename: 'c', previous_filename: 'b' }],
    ['a', 'b', 'c'],
  ],
  ['a picture that is the same', [{ filename: 'p.png', sha: '1' }], [{ filename: 'p.png', sha: '1' }], []],
  ['another picture', [{ filename: 'p.png', sha: '1' }], [{ filename: 'p.png', sha: '2' }], ['p.png']],
  ['a patch too long to be shown now', [file], [{ filename: 'a.ts' }], ['a.ts']],
])('%s', async (_, old, now, files) => {
  expect(await moved(old, now)).toEqual({ from: 'old', to: 'new', files });
});

test('on the base it was on, the same patch in another place is another change, and so is another file behind the same patch', async () => {
  const elsewhere = { ...file, patch: patchAt(99, 'x') };
  expect(await moved([file], [elsewhere], 'base')).toMatchObject({ files: ['a.ts'] });
  expect(await moved([file], [{ ...file, sha: 't' }], 'base')).toMatchObject({ files: ['a.ts'] });
  expect(await moved([file], [file], 'base')).toMatchObject({ files: [] });
});

test('what GitHub does not list is not guessed: an approval is then lost', async () => {
  expect(await moved(many, many)).toEqual({ from: 'old', to: 'new' });
  expect(await moved([file], 422)).toEqual({ from: 'old', to: 'new' });
});

test.each([
  'Server Error: Sorry, this diff is taking too long to generate.',
  'Sorry, the diff exceeded the maximum number of files (300)',
])('nor what is too large to be compared, which GitHub says as if it were away: %s', async (words) => {
  message = words;
  expect(await moved([file], 503)).toEqual({ from: 'old', to: 'new' });
});

test('being held back or a moment of GitHub being away is thrown: nobody loses an approval by it', async () => {
  await expect(moved([file], 429)).rejects.toBeInstanceOf(GitHubFailure);
  await expect(moved([file], 503)).rejects.toBeInstanceOf(GitHubFailure);
});

afterEach(() => {
  vi.useRealTimers();
});

test('a comparison that fails time after time holds nothing up for ever', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const client = github(503, [file]);
  const asked = () => movedHead(client, place, 'main', { from: 'old', to: 'new' });
  for (let times = 0; times < 5; times += 1) await expect(asked()).rejects.toBeInstanceOf(GitHubFailure);
  // So often within a moment is still a moment of GitHub being away.
  await expect(asked()).rejects.toBeInstanceOf(GitHubFailure);
  vi.advanceTimersByTime(30_000);
  expect(await asked()).toEqual({ from: 'old', to: 'new' });
});

test('F21: after an outage one more 503 costs nobody an approval: each comparison has tries of its own', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const answers: (readonly File[] | number)[] = [503, 503, 503, 503, 503, [file], 503, [file]];
  const get: Client['get'] = async (route, params) =>
    github(answers.shift() ?? [file], [file]).get(route, params);
  const client = { get } as unknown as Client;
  const asked = () => movedHead(client, place, 'main', { from: 'old', to: 'old' });
  const outcomes: boolean[] = [];
  while (answers.length > 0) {
    vi.advanceTimersByTime(20_000);
    outcomes.push(
      await asked().then(
        (move) => move.files !== undefined,
        () => true,
      ),
    );
  }
  expect(outcomes).not.toContain(false);
});

test('a commit that cannot be seen yet is looked for again; one that is gone holds nothing up', async () => {
  const client = github(404, [file]);
  const asked = () => movedHead(client, place, 'main', { from: 'old', to: 'new' });
  for (let times = 0; times < 2; times += 1) await expect(asked()).rejects.toBeInstanceOf(GitHubFailure);
  expect(await asked()).toEqual({ from: 'old', to: 'new' });
});
