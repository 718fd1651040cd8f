/** Where rules are read from: one place, files only, and nothing that merely looks like them (threats §2.5). */
import { expect, test } from 'vitest';
import { findWorkflow } from '../../../src/engine/find-workflow.ts';
import { rulesIn } from '../../../src/engine/repository-rules.ts';
import { readStock } from '../../../src/engine/stock.ts';
import { headCommit, readRepositoryFiles } from '../../../src/github/facts/repository-files.ts';
import { GitHubFailure } from '../../../src/github/failure.ts';
import type { Client } from '../../../src/github/octokit.ts';

interface Blob {
  readonly type?: 'file' | 'symlink' | 'submodule' | 'dir';
  readonly text?: string;
  /** What GitHub answers when the path itself is read, where that is not the file. */
  readonly answer?: object;
}
type Tree = Readonly<Record<string, Blob>>;

const file = (text: string): Blob => ({ text });
const shaOf = (path: string): string => `sha of ${path}`;
const gone = () => new GitHubFailure({ kind: 'refused', status: 404, message: 'Not Found', url: '' });

/** A server that holds these files, as GitHub lists and answers them. */
const serverOf = (places: Readonly<Record<string, Tree>>) => {
  const asked: string[] = [];
  const get = async (_route: string, params: Readonly<Record<string, unknown>> = {}) => {
    const { owner, repo, path } = params;
    asked.push(`${String(repo)}/${String(path)}@${String(params['ref'] ?? 'default')}`);
    const tree = places[`${String(owner)}/${String(repo)}`] ?? {};
    const under = Object.keys(tree).filter((one) => one.startsWith(`${String(path)}/`));
    const blob = tree[String(path)];
    if (blob !== undefined && under.length === 0 && blob.type !== 'dir') {
      const content = Buffer.from(blob.text ?? '').toString('base64');
      const data = { type: 'file', path, sha: shaOf(String(path)), encoding: 'base64', content };
      return { status: 200, headers: {}, data: blob.answer ?? data };
    }
    if (under.length === 0 && blob === undefined) throw gone();
    const names = [...new Set(under.map((one) => one.slice(String(path).length + 1).split('/')[0] ?? ''))];
    const data = names.map((name) => {
      const full = `${String(path)}/${name}`;
      const type = tree[full]?.type ?? (tree[full] === undefined ? 'dir' : 'file');
      return { name, path: full, type, sha: shaOf(full) };
    });
    return { status: 200, headers: {}, data };
  };
  // A server that has listed a folder before: what is not in a list is not there.
  const features = { has: () => 'yes', learn: () => undefined };
  return { client: { get, features } as unknown as Client, asked };
};

const shop = { id: 9, nodeId: 'R', owner: 'acme', name: 'shop' };
const read = async (own: Tree, organization: Tree = {}) => {
  const { client, asked } = serverOf({ 'acme/shop': own, 'acme/.github': organization });
  const files = await readRepositoryFiles(client, shop, 'c0ffee');
  return { files, asked, rules: rulesIn('acme', files) };
};
const problemsOf = async (own: Tree, organization: Tree = {}) =>
  ((await read(own, organization)).rules.broken?.problems ?? []).map(({ code, file: at }) => `${code} ${at}`);

const roles = 'roles: {EM: [octo-em]}\npolicy: {override_roles: [EM]}\n';
const lax = 'policy: {self_approval: true}\n';
const workflow = (name: string) => `name: ${name}\nstages: [{stage: a, role: EM, action: x}]\n`;

test('T53: another spelling of the file’s name beside it is an error, not a second opinion', async () => {
  const own = { '.github/gatehouse.yml': file(roles), '.github/gatehouse.yaml': file(lax) };
  expect(await problemsOf(own)).toEqual(['shadow .github/gatehouse.yaml']);
  expect((await read(own)).rules.configuration.policy.selfApproval).toBe(false);
});

test.each(['gatehouse.yaml', 'Gatehouse.yml', 'gatehouse.json'])(
  'T53: %s instead of the file is an error: nobody is left to believe that it holds, nor falls back past it',
  async (name) => {
    const beneath = { '.github/gatehouse.yml': file(lax) };
    expect(await problemsOf({ [`.github/${name}`]: file(roles) }, beneath)).toEqual([
      `shadow .github/${name}`,
    ]);
  },
);

test('T53: a file in another folder is never asked for', async () => {
  const { asked, rules } = await read({ 'gatehouse.yml': file(lax), 'docs/gatehouse.yml': file(lax) });
  expect(rules.configuration.policy.selfApproval).toBe(false);
  expect(asked).toEqual(['shop/.github@c0ffee', '.github/.github@default']);
});

test('T53: two workflows of one name are both refused, whichever file comes first, and the stock one does not step in', async () => {
  const { rules } = await read({
    '.github/gatehouse.yml': file(roles),
    '.github/gatehouse/a.yml': file(workflow('feature')),
    '.github/gatehouse/z.yaml': file(workflow('feature')),
  });
  expect(rules.workflows).toEqual([]);
  expect(rules.brokenWorkflows.map(({ problems }) => problems[0]?.code)).toEqual(['same-name', 'same-name']);
  expect(findWorkflow(readStock(), rules, 'feature')).toHaveProperty('problems');
});

test('T53: a workflow the organisation locked cannot be replaced, and the file that tries says why', async () => {
  const { rules } = await read(
    {
      '.github/gatehouse.yml': file('extends: organization\n'),
      '.github/gatehouse/f.yml': file(workflow('feature')),
      '.github/gatehouse/mine.yml': file(workflow('mine')),
    },
    { '.github/gatehouse.yml': file(`${roles}locked: [workflows.feature]\n`) },
  );
  expect(rules.workflows.map(({ definition }) => definition.name)).toEqual(['mine']);
  expect(rules.brokenWorkflows[0]?.problems[0]?.message).toContain('locked the workflow `feature`');
});

const unusable: readonly (readonly [string, Blob])[] = [
  ['a link', { type: 'symlink', text: lax }],
  ['a submodule', { type: 'submodule' }],
  ['a submodule that calls itself a file', { answer: { type: 'submodule', sha: 'x' } }],
  ['a folder', { type: 'dir' }],
  [
    'more than a megabyte, which GitHub answers empty',
    {
      answer: { type: 'file', sha: shaOf('.github/gatehouse.yml'), encoding: 'none', content: '' },
    },
  ],
  [
    'another blob than the one that is listed',
    {
      answer: {
        type: 'file',
        sha: 'other',
        encoding: 'base64',
        content: Buffer.from(lax).toString('base64'),
      },
    },
  ],
  ['a pointer to a large file', file('version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n')],
];

test.each(unusable)(
  'T59: %s in the place of gatehouse.yml decides nothing, and nothing is decided without it',
  async (_, blob) => {
    const beneath = { '.github/gatehouse.yml': file(lax) };
    expect(await problemsOf({ '.github/gatehouse.yml': blob }, beneath)).toEqual([
      'not-a-file .github/gatehouse.yml',
    ]);
  },
);

test.each(unusable.slice(0, 2))(
  'T59: %s in the place of the organisation’s file is said as well',
  async (_, blob) => {
    expect(await problemsOf({}, { '.github/gatehouse.yml': blob })).toEqual([
      'not-a-file acme/.github/.github/gatehouse.yml',
    ]);
  },
);

test('T59: a workflow that is a link is refused by its name; the stock one does not start in its place', async () => {
  const { rules } = await read({
    '.github/gatehouse.yml': file(roles),
    '.github/gatehouse/feature.yml': { type: 'symlink', text: workflow('feature') },
  });
  expect(rules.brokenWorkflows.map(({ path }) => path)).toEqual(['.github/gatehouse/feature.yml']);
  expect(findWorkflow(readStock(), rules, 'feature')).toHaveProperty('problems');
});

test('T59: a broken workflow keeps no other from starting: what its stages are called is not its name', async () => {
  const { rules } = await read({
    '.github/gatehouse.yml': file(roles),
    '.github/gatehouse/mine.yml': file('name: mine\nstages:\n  - stage: a\n    name: feature\n    bug:\n'),
  });
  expect(rules.brokenWorkflows).toHaveLength(1);
  for (const name of ['feature', 'bug'])
    expect(findWorkflow(readStock(), rules, name)).toHaveProperty('definition');
});

test.each<readonly [string, string, Blob]>([
  ['keyed by the name', 'ours.yml', file('feature:\n  stages: [{stage: a, role: NOBODY, action: x}]\n')],
  ['with a word behind the name', 'ours.yml', file('name: feature # ours\nstages: 7\n')],
  ['with the key in quotes', 'ours.yml', file('"name" : "Feature"\nstages: 7\n')],
  ['called feature.yaml', 'feature.yaml', { type: 'symlink', text: workflow('feature') }],
])('T59: nor in the place of a broken one %s', async (_, name, blob) => {
  const { rules } = await read({
    '.github/gatehouse.yml': file(roles),
    [`.github/gatehouse/${name}`]: blob,
  });
  expect(rules.brokenWorkflows).toHaveLength(1);
  expect(findWorkflow(readStock(), rules, 'feature')).toHaveProperty('problems');
  expect(findWorkflow(readStock(), rules, 'bug')).toHaveProperty('definition');
});

const answering = (status: number): Client => {
  const failure = new GitHubFailure({
    kind: 'refused',
    status,
    message: 'Git Repository is empty.',
    url: '',
  });
  return { get: () => Promise.reject(failure) } as unknown as Client;
};

test.each([404, 409, 422])(
  'a repository without a commit there (%d) goes by its organisation’s rules, and its epics begin',
  async (status) => {
    expect(await headCommit(answering(status), shop, 'main')).toBeNull();
  },
);

test('where GitHub does not let us read the default branch, nobody goes by other rules', async () => {
  await expect(headCommit(answering(403), shop, 'main')).rejects.toThrow(GitHubFailure);
});
