/** /undo: the last thing back, by the right people, in time, while nothing was built on it; never a way around a gate. */
import { describe, expect, test } from 'vitest';
import type { OpenedEpic, Stage } from '../../../src/core/epic/state.ts';
import { cast, type Given, on, opened, started, submitted, type Wanted } from './given.ts';
import { link, now, review, shown } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;
const undo: Wanted = { type: 'Undo', on: { kind: 'checklist' } };
const undoOn = (key: string): Wanted => on(key, 'Undo');
const late = { at: '2031-01-01T00:00:00.000Z' };
const high: Wanted = { type: 'SetPriority', on: { kind: 'checklist' }, level: 'high', reason: '' };
const low: Wanted = { type: 'SetPriority', on: { kind: 'checklist' }, level: 'low', reason: '' };

const blocked = (): Given => started().and(pat, on('define', 'Block'));
const paused = (): Given => started().and(pat, { type: 'Pause', reason: '' });
const part: Wanted = { type: 'Pause', reason: '', part: { kind: 'role', name: 'ENG' } };
const skipped = (): Given => started().and(olga, on('define', 'Skip'));
const rejected = (): Given => submitted().and(erin, on('build', 'Reject'));
const overridden = (): Given => submitted().and(olga, on('build', 'Override'));
const linked = (): Given => submitted().and(dan, link('build', 7));

describe.each([
  ['a block by whoever raised it', blocked, pat, undo, ['DeedUndone']],
  ['a block by an overrider', blocked, olga, undo, ['DeedUndone']],
  ['a block by somebody else', blocked, sam, undo, 'not-your-role'],
  ['a block that was lifted', () => blocked().and(erin, on('define', 'Unblock')), pat, undo, 'too-late'],
  ['a block on another stage’s issue', blocked, pat, undoOn('tell'), 'nothing-to-undo'],
  ['nothing', started, pat, undo, 'nothing-to-undo'],
  ['a pause', paused, pat, undo, ['DeedUndone']],
  ['a pause that is over', () => paused().and(pat, { type: 'Resume' }), pat, undo, 'too-late'],
  [
    'a pause that became a stop',
    () => paused().and(olga, { type: 'Stop', reason: 'x' }),
    pat,
    undo,
    'too-late',
  ],
  ['a pause of a kind', () => started().and(pat, part), pat, undo, ['DeedUndone']],
  ['a priority', () => started().and(pat, high), pat, undo, ['DeedUndone']],
  ['a priority that was changed', () => started().and(pat, high).and(olga, low), pat, undo, 'too-late'],
  ['a skip', skipped, olga, undo, ['DeedUndone']],
  ['a skip by somebody else', skipped, pat, undo, 'not-your-role'],
  [
    'a skip the next stage has begun on',
    () => skipped().and(dan, on('build', 'Claim')),
    olga,
    undo,
    'too-late',
  ],
  [
    'a skip while the epic is paused',
    () => skipped().and(pat, { type: 'Pause', reason: '' }),
    olga,
    undo,
    'paused',
  ],
  ['an override', overridden, olga, undo, ['DeedUndone']],
  [
    'an override the next stage has begun on',
    () => overridden().and(pat, on('tell', 'Claim')),
    olga,
    undo,
    'too-late',
  ],
  [
    'an override after a merge',
    () =>
      linked()
        .and(olga, on('build', 'Override'))
        .and(dan, now(7, { state: 'merged' })),
    olga,
    undo,
    'too-late',
  ],
  ['a rejection', rejected, erin, undo, ['DeedUndone']],
  ['a rejection that was answered', () => rejected().and(dan, on('build', 'Submit')), erin, undo, 'too-late'],
  [
    'after the end',
    () => skipped().and(pat, { type: 'Cancel', reason: 'x', gone: false }),
    olga,
    undo,
    'ended',
  ],
] as const)('undo of %s', (_, given, by, wanted, outcome) => {
  test('is decided so', () => {
    expect(given().when(by, wanted)).toEqual(outcome);
  });
});

test('more than an hour later it is too late', () => {
  expect(blocked().when(pat, undo, late)).toBe('too-late');
});

const stageOf = (given: Given, key: string): Stage => {
  const epic: OpenedEpic = opened(given);
  const found = epic.stages.find((one) => one.definition.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
};

describe('what is there afterwards', () => {
  test('block, pause and priority: what was there before', () => {
    expect(stageOf(blocked().and(pat, undo), 'define').blockers).toEqual([]);
    expect(opened(paused().and(pat, undo)).status).toBe('running');
    expect(opened(started().and(pat, part).and(pat, undo)).holds).toEqual([]);
    const again = started().and(pat, low).and(pat, high);
    expect(opened(again.and(pat, undo)).priority?.level).toBe('low');
    expect(opened(again.and(pat, undo).and(pat, undo)).priority).toBeUndefined();
  });
  test('skip: the stage as it was, and what had become ready waits again', () => {
    const given = skipped().and(olga, undo);
    expect(stageOf(given, 'define')).toMatchObject({ status: 'ready' });
    expect(stageOf(given, 'define').skip).toBeUndefined();
    expect(stageOf(given, 'build').status).toBe('waiting');
    expect(given.when(pat, on('define', 'Claim'))).toEqual(['StageClaimed']);
  });
  test('override: the gate is open again and asks everybody again', () => {
    const given = submitted()
      .and(erin, on('build', 'Approve'))
      .and(olga, on('build', 'Override'))
      .and(olga, undo);
    expect(stageOf(given, 'build')).toMatchObject({ status: 'in-review', approvals: [], gatePassed: false });
    expect(stageOf(given, 'tell').status).toBe('waiting');
    expect(given.when(vera, on('build', 'Approve'))).toEqual(['ApprovalGiven']);
  });
  test('override with an open pull request: what was approved by then still counts', () => {
    const given = linked()
      .and(dan, shown(7))
      .and(erin, on('build', 'Approve'), { pulls: [{ ...pullOf(linked()) }] })
      .and(olga, on('build', 'Override'))
      .and(olga, undo);
    expect(stageOf(given, 'build')).toMatchObject({ status: 'in-review', gatePassed: false });
    expect(stageOf(given, 'build').approvals).toHaveLength(1);
  });
  test('a review of somebody who lost the role meanwhile does not pass the gate with the undo', () => {
    const given = linked()
      .and(erin, review(erin, 7, 'approved'))
      .and(dan, now(7, { state: 'closed' }))
      .and(olga, on('build', 'Override'))
      .and(dan, now(7, { state: 'open' }))
      .and(olga, undo, { rolesOf: { 3: [] } });
    expect(opened(given).pulls[0]?.reviews[0]?.roles).toEqual([]);
  });
  test('rejection: the gate is open again, its approvals stay void', () => {
    const given = submitted()
      .and(vera, on('build', 'Approve'))
      .and(erin, on('build', 'Reject'))
      .and(erin, undo);
    expect(stageOf(given, 'build')).toMatchObject({ status: 'in-review', approvals: [] });
    expect(stageOf(given, 'build').rejection).toBeUndefined();
  });
  test('history keeps both', () => {
    const types = skipped()
      .and(olga, undo)
      .events.map((event) => event.type);
    expect(types).toContain('StageSkipped');
    expect(types).toContain('DeedUndone');
  });
});

function pullOf(given: Given) {
  const [pull] = opened(given).pulls;
  if (pull === undefined) throw new Error('no pull');
  return pull;
}
