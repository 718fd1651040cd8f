/** What a refusal says to type next must be what would be accepted, by whom it names, in the situation it was said in. */
import { describe, expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Refusal } from '../../../src/core/epic/refusal.ts';
import { cast, facts, type Given, on, stage, started, submitted, type Wanted, workflow } from './given.ts';

const { dan, erin, olga, pat, vera } = cast;
const refusal = (given: Given, by: Person, wanted: Wanted): Refusal | undefined =>
  decide(given.epic, { ...wanted, ...facts(by) } as EpicCommand).refusal;

const fresh = started();
const claimed = fresh.and(pat, on('define', 'Claim'));
const twice = submitted()
  .and(erin, on('build', 'Reject'))
  .and(dan, on('build', 'Block'))
  .and(dan, on('build', 'Block'));
const part = { kind: 'stage', name: 'define' } as const;

describe('before there is anything to approve', () => {
  test.each<[string, Given, Person, Wanted, Partial<Refusal>]>([
    [
      'nobody has claimed it',
      fresh,
      erin,
      on('define', 'Approve'),
      { refused: 'gate-not-open', who: '`PM` (`pat`)', next: '`/claim`' },
    ],
    [
      'it is being done',
      claimed,
      erin,
      on('define', 'Approve'),
      { refused: 'gate-not-open', who: '`pat`', next: '`/submit`' },
    ],
    [
      'it waits',
      fresh,
      erin,
      on('build', 'Approve'),
      { refused: 'gate-not-open', who: '`ENG` (`dan`)', next: '`/claim` once `define` is done' },
    ],
    [
      'a question about it',
      fresh,
      erin,
      on('build', 'AskQuestion', { kind: 'clarification' }),
      { refused: 'gate-not-open', next: '`/claim` once `define` is done' },
    ],
    [
      'submitting what waits',
      fresh,
      dan,
      on('build', 'Submit'),
      { refused: 'not-in-progress', next: '`/claim` once `define` is done' },
    ],
    [
      'a stage without a gate that nobody has claimed',
      fresh,
      erin,
      on('tell', 'Approve'),
      { refused: 'no-gate', who: '`PM` (`pat`)', next: '`/claim` once `build` is done' },
    ],
  ])('%s', (_, given, by, wanted, said) => {
    expect(refusal(given, by, wanted)).toMatchObject(said);
  });
});

test('with two blockers one of them is named: /unblock alone would be refused', () => {
  expect(refusal(twice, dan, on('build', 'Submit'))).toMatchObject({ next: '`/unblock b1`' });
  expect(twice.when(dan, on('build', 'Unblock'))).toBe('which-blocker');
  expect(twice.when(dan, on('build', 'Unblock', { blocker: 'b1' }))).toEqual(['BlockersLifted']);
});

test('a part that was paused when the epic was cancelled is not said to be resumable', () => {
  const over = fresh
    .and(pat, { type: 'Pause', part, reason: '' })
    .and(pat, { type: 'Cancel', reason: 'no budget', gone: false });
  expect(refusal(over, pat, on('define', 'Claim'))?.refused).toBe('ended');
});

describe('/resume --from where nothing is paused', () => {
  const said = (given: Given, from: string) => refusal(given, olga, { type: 'Resume', from });
  test('of what is over: a retry', () => {
    expect(said(submitted(), 'define')).toMatchObject({ next: '`/retry define <why>`' });
    expect(submitted().when(olga, on('define', 'Retry'))).toContain('StageReopened');
  });
  test('of what is being done: a pause first, since a retry would be refused', () => {
    expect(said(submitted(), 'build')).toMatchObject({ next: '`/pause`, then `/resume --from build`' });
    expect(submitted().when(olga, on('build', 'Retry'))).toBe('nothing-to-redo');
  });
  test('of what nobody has begun: that there is nothing to redo', () => {
    expect(said(submitted(), 'tell')).toMatchObject({ refused: 'nothing-to-redo' });
    expect(said(submitted(), 'nowhere')).toMatchObject({ refused: 'unknown-stage' });
  });
});

test('a claimant who is asked for evidence may give it, as they are told, whatever role they hold by now', () => {
  const asked = submitted().and(erin, on('build', 'AskQuestion', { kind: 'evidence' }));
  expect(asked.when(dan, on('build', 'AddEvidence'), { roles: [] })).toContain('QuestionAnswered');
  expect(asked.when(vera, on('build', 'AddEvidence'))).toBe('not-your-role');
});

test('an explicit gate that is not open yet is neither said to be skipped nor overridden: one refers to the other no more', () => {
  const explicit = { name: 'go', approvers: ['EM'], explicitOnly: true };
  const given = started({ ...workflow, stages: [stage('ship', { gate: explicit })] });
  expect(refusal(given, olga, on('ship', 'Override'))).toMatchObject({ next: '`/claim`' });
  expect(refusal(fresh, olga, on('define', 'Override'))?.next).toContain('/skip <why>');
});

test('where no concern is open nobody is told to resolve one', () => {
  expect(refusal(submitted(), erin, on('build', 'Resolve', { id: 'c1' }))?.next).toBeUndefined();
});

test('where several stages could be meant, what is said to type has a place for the words that are needed', () => {
  const given = started({ ...workflow, stages: [stage('one'), stage('two')] });
  const anywhere = (type: 'Claim' | 'Skip') => ({ ...on('one', type), on: { kind: 'epic' } }) as Wanted;
  expect(refusal(given, dan, anywhere('Claim'))).toMatchObject({ next: '`/claim one`' });
  expect(refusal(given, olga, anywhere('Skip'))).toMatchObject({ next: '`/skip one …`' });
});
