/** `gatehouse validate` as a person or a CI job runs it: the real process, its exit code and what it prints where. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runGatehouse } from './run-gatehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const good =
  'name: docs\nstages:\n  - {stage: write, role: WRITER, action: x, approval_gate: g, approvers: [EDITOR]}\n';
const wrong = 'name: docs\nstages:\n  - {stage: write, role: WRITER, action: x, depends_on: [wrte]}\n';
const team = 'roles:\n  WRITER: [octo]\n  EDITOR: ["@acme/editors"]\n';

test('right files: one line each, exit 0, nothing on stderr', async () => {
  const { code, out, talk } = await runGatehouse([
    'validate',
    'workflows/feature.yml',
    'workflows/trading_strategy.yml',
    put('gatehouse.yml', 'policy: {close_epic: false}'),
  ]);
  expect(out.split('\n')).toEqual([
    'workflows/feature.yml: feature, 6 stages, 5 gates',
    'workflows/trading_strategy.yml: trading_strategy, 8 stages, 8 gates',
    `${join(folder, 'gatehouse.yml')}: configuration, 0 roles`,
    '',
  ]);
  expect([code, talk]).toEqual([0, '']);
});

test('a wrong file: the picture on stdout, exit 1, and the right file beside it is still reported', async () => {
  const file = put('wrong.yml', wrong);
  const { code, out } = await runGatehouse(['validate', file, 'workflows/bug.yml']);
  expect(code).toBe(1);
  expect(out).toBe(
    [
      `${file}:3:58  \`wrte\` is not a stage of this workflow`,
      '    3 |   - {stage: write, role: WRITER, action: x, depends_on: [wrte]}',
      `      | ${' '.repeat(57)}^^^^ there is no other stage`,
      'workflows/bug.yml: bug, 3 stages, 3 gates',
      '',
    ].join('\n'),
  );
});

test('--json: a program reads the same problems, with their places', async () => {
  const file = put('wrong.yml', wrong);
  const { code, out } = await runGatehouse([
    'validate',
    '--json',
    file,
    'workflows/bug.yml',
    join(folder, 'missing.yml'),
  ]);
  expect(code).toBe(2);
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({
    ok: false,
    files: [
      {
        file,
        kind: 'workflow',
        ok: false,
        problems: [{ code: 'unknown-stage', file, line: 3, column: 58, endLine: 3, endColumn: 62 }],
      },
      { file: 'workflows/bug.yml', kind: 'workflow', ok: true, problems: [] },
      { file: join(folder, 'missing.yml'), kind: 'unreadable', ok: false, problems: [] },
    ],
  });
  expect(Object.keys(answer)).toEqual(['ok', 'files']);
});

test('roles nobody holds are found against the gatehouse.yml among the files, or the one --config names', async () => {
  const flow = put('docs.yml', good.replace('EDITOR', 'EDITR'));
  const config = put('team.yml', team);
  const among = await runGatehouse(['validate', flow, config]);
  expect(among.code).toBe(1);
  expect(among.out).toContain('did you mean `EDITOR`?');
  expect(among.out).toContain('configuration, 2 roles');
  const named = await runGatehouse(['validate', '--config', config, flow]);
  expect([named.code, named.out.includes('did you mean `EDITOR`?')]).toEqual([1, true]);
  expect((await runGatehouse(['validate', flow])).code).toBe(0);
  expect((await runGatehouse(['validate', '--config', config, put('docs.yml', good)])).code).toBe(0);
});

test('a file laid over the organisation’s is held against it where --organization names it', async () => {
  const organization = put(
    'org.yml',
    `${team}policy: {self_approval: false}\nlocked: [policy.self_approval]\n`,
  );
  const own = put(
    'gatehouse.yml',
    'extends: organization\nroles: {LEAD: [octo]}\npolicy: {override_roles: [EDITOR]}\n',
  );
  const flow = put('docs.yml', good);
  const alone = await runGatehouse(['validate', own, flow]);
  expect([alone.code, alone.out.includes('which --organization names')]).toEqual([0, true]);
  const both = await runGatehouse(['validate', '--organization', organization, own, flow]);
  expect(both.code).toBe(0);
  expect(both.out).toContain('configuration, 3 roles');
  const greedy = put('gatehouse.yml', 'extends: organization\npolicy:\n  self_approval: true\n');
  const held = await runGatehouse(['validate', '--organization', organization, greedy]);
  expect(held.code).toBe(1);
  expect(held.out).toContain('gatehouse.yml:3:3  `policy.self_approval` is locked by the organisation');
  const unknown = put('docs.yml', good.replace('EDITOR', 'EDITR'));
  const wrongRole = await runGatehouse(['validate', '--organization', organization, own, unknown]);
  expect([wrongRole.code, wrongRole.out.includes('did you mean `EDITOR`?')]).toEqual([1, true]);
});

test('a gatehouse.yml that is wrong itself: its own problems, and no false ones in the workflows', async () => {
  const { code, out } = await runGatehouse([
    'validate',
    '--json',
    put('gatehouse.yml', 'rolse: {}'),
    put('docs.yml', good),
  ]);
  expect(code).toBe(1);
  expect(JSON.parse(out).files).toMatchObject([
    { kind: 'configuration', ok: false, problems: [{ code: 'unknown-field' }] },
    { kind: 'workflow', ok: true },
  ]);
});

test('what cannot be read is said on stderr with exit 2: a missing file, a directory, bytes that are no text', async () => {
  const binary = put('binary.yml', new Uint8Array([0xff, 0xfe, 0x00]));
  const { code, out, talk } = await runGatehouse(['validate', join(folder, 'missing.yml'), folder, binary]);
  expect([code, out]).toEqual([2, '']);
  expect(talk).toBe(
    `${join(folder, 'missing.yml')}: there is no such file\n${folder}: this is a directory: name the files in it\n${binary}: this is not a text in UTF-8\n`,
  );
});

test('wrong usage is exit 2 with a word of help on stderr; asking for help is exit 0', async () => {
  for (const args of [[], ['validate'], ['validat', 'x.yml'], ['validate', '--jsn', 'x.yml']]) {
    const { code, out, talk } = await runGatehouse(args);
    expect([args, code, out]).toEqual([args, 2, '']);
    expect(talk).not.toBe('');
  }
  const help = await runGatehouse(['validate', '--help']);
  expect([help.code, help.out.includes('--json')]).toEqual([0, true]);
});

test('colours only where they are wanted: none with NO_COLOR, some with FORCE_COLOR', async () => {
  const file = put('wrong.yml', wrong);
  const colour = String.fromCharCode(27);
  expect((await runGatehouse(['validate', file], { NO_COLOR: '1' })).out).not.toContain(colour);
  expect((await runGatehouse(['validate', file], { FORCE_COLOR: '1' })).out).toContain(`${colour}[31m^^^^`);
});
