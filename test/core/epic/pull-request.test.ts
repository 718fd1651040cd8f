/** The `gatehouse` check on a pull request, row by row of contract §5: what may merge, and what may not yet. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../src/core/epic/explanation.ts';
import { judgePull, type PullVerdict } from '../../../src/core/epic/pull-request.ts';
import { cast, type Given, on, opened, started, submitted, type Wanted } from './given.ts';
import { link, now, review, sha, shown } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;

const verdict = (given: Given, number = 7): PullVerdict => {
  const epic = opened(given);
  const pull = epic.pulls.find((one) => one.number === number);
  if (pull === undefined) throw new Error(`#${number} is not linked.`);
  return judgePull(epic, pull);
};
const lines = (one: Explanation): readonly string[] => [
  [one.says, one.who, one.next].filter((text) => text !== undefined).join(' | '),
  ...one.parts.flatMap(lines),
];
const told = (given: Given, number = 7): string => lines(verdict(given, number).explanation).join('\n');

const linked = (given: Given): Given => given.and(dan, link('build', 7)).and(dan, shown(7));
const waiting = (): Given => linked(started());
const ready = (): Given => linked(started().and(olga, on('define', 'Skip')));
const claimed = (): Given => ready().and(dan, on('build', 'Claim'));
const inReview = (): Given => claimed().and(dan, on('build', 'Submit'));
const half = (): Given => inReview().and(erin, review(erin, 7, 'approved'));
const passed = (): Given => half().and(vera, review(vera, 7, 'approved'));
const merged = (): Given => passed().and(dan, now(7, { state: 'merged' }));
const rejected = (): Given => half().and(vera, on('build', 'Reject'));
const paused = (given: Given): Given => given.and(pat, { type: 'Pause', reason: '' });
const cancelled = (given: Given): Given => given.and(pat, { type: 'Cancel', reason: 'no', gone: false });
const proposed = (given: Given, number = 7): Given =>
  given.and(sam, link('build', number), { canWrite: false });

describe('waits, and says what is missing, who can give it and what to type', () => {
  test.each([
    ['while a dependency is not done', waiting(), ['`define` is ready.', '`PM` (`pat`)']],
    ['while nobody has claimed the stage', ready(), ['Nobody has claimed it.', '`ENG` (`dan`)', '`/claim`']],
    ['while it is not submitted', claimed(), ['It is not submitted.', '`dan`', '`/submit`']],
    [
      'while the gate is open',
      half(),
      ['`EM`: approved by `erin`.', '`VP` has not approved.', '`VP` (`vera`)', '`/approve`'],
    ],
    ['while it is paused', paused(passed()), ['paused by `pat`', '`/resume`']],
    [
      'while it is blocked',
      passed().and(vera, on('build', 'Block')),
      ['blocked by `vera`', '`/unblock`', '`EM` (`erin`)'],
    ],
    [
      'while its head is not the one that was approved',
      passed().and(dan, now(7, { head: sha('b') })),
      ['The approval of `erin` does not count: it was given on an older commit.'],
    ],
    [
      'while its link is not confirmed',
      proposed(submitted()),
      ['not confirmed', 'anyone with write access', '/link #'],
    ],
    [
      'while the epic is paused, on a skipped stage too',
      paused(ready().and(olga, on('build', 'Skip'))),
      ['paused by `pat`', '`/resume`'],
    ],
  ])('%s', (_, given, words) => {
    expect(verdict(given).state).toBe('in_progress');
    for (const word of words) expect(told(given)).toContain(word);
  });

  test('where the stage was done before it came, or was reopened, it does not ride on that approval', () => {
    const late = merged().and(dan, link('build', 8, { state: 'closed' }));
    expect(verdict(late, 8).state).toBe('success');
    const reopened = late.and(dan, now(8));
    expect([verdict(reopened, 7).state, verdict(reopened, 8).state]).toEqual(['success', 'in_progress']);
    expect(told(reopened, 8)).toContain('done before this pull request was open');
  });

  test('on a fork the words to type name the commit', () => {
    const fork = submitted().and(dan, link('build', 7, { fork: true }));
    expect(told(fork)).toContain('`/approve aaaaaaa`');
  });
});

describe('is red where somebody has said no', () => {
  test.each([
    ['rejected and not submitted again', rejected(), '`vera` rejected it'],
    ['rejected, then released', rejected().and(dan, on('build', 'Release')), '`vera` rejected it'],
    ['rejected while paused', paused(rejected()), '`vera` rejected it'],
    ['cancelled', cancelled(passed()), 'cancelled by `pat`'],
    ['cancelled, and nobody could confirm the link any more', cancelled(proposed(submitted())), 'cancelled'],
    ['cancelled after its stage was done', cancelled(merged()), 'cancelled'],
  ])('%s', (_, given, words) => {
    expect(verdict(given).state).toBe('failure');
    expect(told(given)).toContain(words);
  });

  test('and no longer once it is submitted again', () => {
    expect(verdict(rejected().and(dan, on('build', 'Submit'))).state).toBe('in_progress');
  });
});

describe('is green when nothing is outstanding', () => {
  test.each([
    ['the gate is passed, before the merge', passed(), 'Gate `review` is passed.'],
    ['the gate is overridden', inReview().and(olga, on('build', 'Override')), 'OVERRIDDEN by `olga`'],
    ['the stage is skipped', ready().and(olga, on('build', 'Skip')), 'SKIPPED by `olga`'],
    ['a rejected stage is skipped', rejected().and(olga, on('build', 'Skip')), 'SKIPPED by `olga`'],
    ['it was merged and the stage is done', merged(), 'is done since'],
    ['the epic goes on', paused(passed()).and(pat, { type: 'Resume' }), 'is passed'],
    [
      'the blocker is lifted',
      passed().and(vera, on('build', 'Block')).and(dan, on('build', 'Unblock')),
      'is passed',
    ],
  ])('%s, and says so', (_, given, words) => {
    expect(verdict(given).state).toBe('success');
    expect(told(given)).toContain(words);
  });

  test('a stage without a gate lets its pull request merge once it is submitted, and not before', () => {
    const tell = started()
      .and(olga, on('define', 'Skip'))
      .and(olga, on('build', 'Skip'))
      .and(pat, on('tell', 'Claim'))
      .and(dan, link('tell', 7));
    expect(verdict(tell).state).toBe('in_progress');
    expect(verdict(tell.and(pat, on('tell', 'Submit'))).state).toBe('success');
  });
});

describe('several pull requests of one stage', () => {
  const both = (): Given => passed().and(dan, link('build', 8, { head: sha('c') }));

  test('none may merge until each is approved, and the stage waits for the last', () => {
    expect([verdict(both(), 7).state, verdict(both(), 8).state]).toEqual(['in_progress', 'in_progress']);
    const approved = both()
      .and(erin, review(erin, 8, 'approved', { commit: sha('c') }))
      .and(vera, review(vera, 8, 'approved', { commit: sha('c') }));
    expect([verdict(approved, 7).state, verdict(approved, 8).state]).toEqual(['success', 'success']);
    const one = approved.and(dan, now(7, { state: 'merged' }));
    expect([opened(one).stages[1]?.status, verdict(one, 8).state]).toEqual(['in-review', 'success']);
  });

  test('one that is closed, or unconfirmed, holds nobody up', () => {
    expect(verdict(both().and(dan, now(8, { head: sha('c'), state: 'closed' })), 7).state).toBe('success');
    const asked = proposed(passed(), 8);
    expect([verdict(asked, 7).state, verdict(asked, 8).state]).toEqual(['success', 'in_progress']);
  });
});

test('green always has a reason that holds, whatever came before it', () => {
  const deeds: readonly (readonly [keyof typeof cast, (id: number) => Wanted])[] = [
    ['erin', (id) => review(erin, 7, 'approved', { id })],
    ['vera', (id) => review(vera, 7, 'approved', { id })],
    ['vera', (id) => review(vera, 7, 'changes-requested', { id })],
    ['dan', () => now(7, { head: sha('b') })],
    ['dan', () => now(7)],
    ['dan', () => on('build', 'Submit')],
    ['vera', () => on('build', 'Block')],
    ['vera', () => on('build', 'Unblock')],
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...deeds), { maxLength: 15 }), (plan) => {
      const given = plan.reduce((so, [name, wanted], id) => {
        const refused = typeof so.when(cast[name], wanted(id)) === 'string';
        return refused ? so : so.and(cast[name], wanted(id));
      }, claimed());
      const { state, explanation } = verdict(given);
      expect(['success', 'failure', 'in_progress']).toContain(state);
      expect(state === 'success').toBe(explanation.holds);
    }),
    { numRuns: 300 },
  );
});
