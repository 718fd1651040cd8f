/** What is printed, and to whom: readers that leave, disks that are full, addresses that are none. */
import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compiled } from '../world/compiled.ts';
import { type Ran, runGatehouse } from './run-gatehouse.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = process.env['GATEHOUSE_TEST_CLI'] ?? 'src/cli/index.ts';

/** The verb as a shell runs it before a pipe or a redirection; `code` is the verb's own. */
const inShell = (line: string): Promise<Omit<Ran, 'out'>> =>
  new Promise((done) => {
    const env = { PATH: process.env['PATH'], ...compiled, NO_COLOR: '1' };
    const script = `${line.replace('gatehouse', `'${process.execPath}' '${program}'`)}; exit \${PIPESTATUS[0]}`;
    const child = spawn('bash', ['-c', script], { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let talk = '';
    child.stderr.on('data', (chunk: Buffer) => {
      talk += chunk.toString();
    });
    child.on('close', (code) => done({ code: code ?? -1, talk }));
  });

/** More than a pipe holds. */
const manyWrong = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-output-'));
  const stages = Array.from({ length: 60 }, (_, index) => `  - {stage: s${index}, nonsense: 1}`);
  for (let file = 0; file < 40; file += 1)
    await writeFile(join(folder, `${file}.yml`), ['name: x', 'stages:', ...stages].join('\n'));
  return folder;
};

test('whoever reads only the first line gets it, and the exit code still says what was found', async () => {
  const folder = await manyWrong();
  for (const flag of ['', '--json'])
    expect(await inShell(`gatehouse validate ${flag} ${folder}/*.yml | head -1`)).toEqual({
      code: 1,
      talk: '',
    });
  expect(await inShell('gatehouse validate workflows/feature.yml | true')).toEqual({ code: 0, talk: '' });
});

test('a verdict that could not be written is none: it is not called a finding', async () => {
  const { code, talk } = await inShell('gatehouse validate workflows/feature.yml > /dev/full');
  expect([code, talk]).toEqual([2, 'gatehouse: the output could not be written (ENOSPC)\n']);
});

test.each([
  ['without a scheme', 'auditor:hidden-password@ledger.example/gatehouse'],
  ['of another database', 'mysql://auditor:hidden-password@ledger.example/gatehouse'],
  ['with a password that cuts it in two', 'postgres://auditor:hidden/password@ledger.example/gatehouse'],
])('an address %s does not make another ledger be judged, and is not printed', async (_name, url) => {
  for (const verb of ['verify', 'migrate', 'dead-letters']) {
    const { code, out, talk } = await runGatehouse([verb, '--json'], { DATABASE_URL: url });
    expect([code, out]).toEqual([2, '']);
    expect(talk).toMatch(/^gatehouse: DATABASE_URL must be a URL like postgres:\/\/[^\n]+\n$/);
    expect(talk).not.toContain('hidden');
  }
});

test('why a file could not be read is in the JSON too, for programs that read nothing else', async () => {
  const { code, out } = await runGatehouse(['validate', '--json', 'nowhere.yml']);
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    files: [{ file: 'nowhere.yml', why: 'there is no such file' }],
  });
});
