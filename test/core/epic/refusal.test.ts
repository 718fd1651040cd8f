/** Every way the rules say no: each code is given somewhere, each is tested, and each says what to do about it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/core/epic/decide.ts';
import { isRefusal, refusalCodes } from '../../../src/core/epic/refusal.ts';
import { unopened } from '../../../src/core/epic/state.ts';
import { cast, facts, on, started, submitted, workflow } from './given.ts';

const textOf = (folder: string, fits: (name: string) => boolean): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && fits(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe('the vocabulary of no', () => {
  const source = textOf('src/core/epic', (name) => name !== 'refusal.ts');
  const tests = textOf('test/core/epic', (name) => name.endsWith('.test.ts') && name !== 'refusal.test.ts');
  const given = [...source.matchAll(/refuse\(\s*'([a-z-]+)'/g)].map((match) => match[1] ?? '');

  test('a reason nobody tests could be given to the wrong person without anybody noticing', () => {
    const here = [`'no-epic'`];
    expect(given.filter((code) => !tests.includes(`'${code}'`) && !here.includes(`'${code}'`))).toEqual([]);
    expect(new Set(given).size).toBeGreaterThan(20);
  });

  test('what the rules refuse with is in the list', () => {
    expect(given.filter((code) => !refusalCodes.some((one) => one === code))).toEqual([]);
  });

  test('no code is listed twice', () => {
    expect(new Set(refusalCodes).size).toBe(refusalCodes.length);
  });
});

test('a command where no workflow runs is told how to start one', () => {
  const { events, refusal } = decide(unopened, {
    type: 'Pause',
    reason: '',
    ...facts(cast.pat),
  });
  expect(events).toEqual([]);
  expect(refusal).toMatchObject({ refused: 'no-epic', next: 'label the issue `workflow:<name>`' });
  expect(refusal !== undefined && isRefusal(refusal)).toBe(true);
});

describe('a person who is refused', () => {
  test.each([
    ['the role is another', started().when(cast.sam, on('define', 'Claim')), 'not-your-role'],
    ['the stage is submitted', submitted().when(cast.dan, on('build', 'Release')), 'not-in-progress'],
    [
      'a skipped stage has an old blocker',
      started()
        .and(cast.pat, on('define', 'Block'))
        .and(cast.olga, on('define', 'Skip'))
        .when(cast.pat, on('define', 'Unblock')),
      'already-done',
    ],
    [
      'evidence comes after the stage was skipped',
      started().and(cast.olga, on('define', 'Skip')).when(cast.pat, on('define', 'AddEvidence')),
      'already-done',
    ],
    ['a stage without a gate is rejected', started().when(cast.erin, on('tell', 'Reject')), 'no-gate'],
    ['a stage without a gate is overridden', started().when(cast.olga, on('tell', 'Override')), 'no-gate'],
    ['a done stage is rejected', submitted().when(cast.erin, on('define', 'Reject')), 'already-done'],
    ['a done stage is skipped', submitted().when(cast.olga, on('define', 'Skip')), 'already-done'],
    ['a done stage is blocked', submitted().when(cast.pat, on('define', 'Block')), 'already-done'],
    ['a done stage is overridden', submitted().when(cast.olga, on('define', 'Override')), 'already-done'],
    ['no stage fits', submitted().when(cast.pat, { type: 'Claim', on: { kind: 'epic' } }), 'which-stage'],
  ])('because %s is refused for that reason', (_, outcome, code) => {
    expect(outcome).toBe(code);
  });

  test.each([
    ['define', 'waiting for its claimant', started()],
    ['build', 'in review', submitted()],
    ['tell', 'waiting', submitted()],
  ])('may still block %s while it is %s', (key, _, given) => {
    const role = workflow.stages.find((one) => one.key === key)?.role ?? '';
    expect(given.when(cast.sam, on(key, 'Block'), { roles: [role] })).toEqual(['BlockerRaised']);
  });
});
