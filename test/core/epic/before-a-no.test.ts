/** A yes heard after a no that was said after it: GitHub promises no order, and looking finds what it never delivered (threats T31, F17, F18). */
import { describe, expect, test } from 'vitest';
import { requireAfterNo, saidBeforeNo } from '../../../src/core/epic/before-a-no.ts';
import { openConcerns } from '../../../src/core/epic/open-concerns.ts';
import { cast, type Given, on, opened, stage, started, workflow } from './given.ts';
import { link, review, shown } from './pulls.ts';

const { dan, erin, vera } = cast;
const definition = {
  ...workflow,
  stages: [
    stage('ship', {
      gate: { name: 'go', approvers: ['EM', 'VP'], require: { n: 1, of: ['EM', 'VP'] }, veto: ['VP'] },
    }),
  ],
};
const noon = { at: '2026-01-01T12:00:00.000Z' };
const before = '2026-01-01T11:59:00Z';
const after = '2026-01-01T12:00:00Z';

/** Rejected at noon by erin, who may approve, or by vera, who may veto; then submitted again unchanged. */
const again = (by: typeof erin): Given =>
  started(definition)
    .and(dan, on('ship', 'Claim'))
    .and(dan, link('ship', 7))
    .and(dan, on('ship', 'Submit'))
    .and(dan, shown(7))
    .and(by, on('ship', 'Reject', { reason: 'not yet' }), noon)
    .and(dan, on('ship', 'Submit'), noon);
const reviewed = (by: typeof erin, saidAt: string) => ({
  ...review(by, 7, 'approved', { at: '2026-01-01T12:30:00.000Z' }),
  saidAt,
});
const late = { at: '2026-01-01T12:30:00.000Z' };

describe('T31: what was said before a rejection does not count after it', () => {
  test.each([
    ['before', before, ['ReviewGiven']],
    ['since', after, ['ReviewGiven', 'GatePassed']],
  ])('a review given %s', (_, saidAt, events) => {
    expect(again(erin).when(erin, reviewed(erin, saidAt), late)).toEqual(events);
  });
  test.each([
    ['before', before, 'past-round'],
    ['since', after, ['ApprovalGiven', 'GatePassed']],
  ])('an approval typed %s', (_, saidAt, answer) => {
    const pulls = opened(again(erin)).pulls.map(
      ({ link: _link, via, stage: _stage, reviews, ...pull }) => pull,
    );
    const typed = on('ship', 'Approve', { saidAt });
    expect(again(erin).when(erin, typed, { ...late, pulls })).toEqual(answer);
  });
  test('whoever vetoed is not taken to have changed their mind by what they said before', () => {
    const heard = again(vera).and(vera, reviewed(vera, before), late);
    const epic = opened(heard);
    const [ship] = epic.stages;
    expect(ship && openConcerns(epic, ship).map(({ id }) => id)).toEqual(['c1']);
    expect(again(vera).when(vera, reviewed(vera, after), late)).toContain('GatePassed');
  });
});

describe('after an outage, when a no and the yes after it are heard together', () => {
  const heard = { at: '2026-01-01T13:00:00.000Z' };
  const submitted = started(definition)
    .and(dan, on('ship', 'Claim'))
    .and(dan, link('ship', 7))
    .and(dan, on('ship', 'Submit'))
    .and(dan, shown(7));
  const refused = { ...review(erin, 7, 'changes-requested', heard), saidAt: noon.at };
  test.each([
    ['typed', submitted.and(erin, on('ship', 'Reject', { reason: 'not yet', saidAt: noon.at }), heard)],
    ['in a review', submitted.and(erin, refused, heard)],
  ])('a no %s, and what was said after it: the yes counts', (_, sentBack) => {
    const given = sentBack.and(dan, on('ship', 'Submit'), heard);
    const yes = { ...review(erin, 7, 'approved', { ...heard, id: 9 }), saidAt: '2026-01-01T12:10:00Z' };
    expect(given.when(erin, yes, heard)).toContain('GatePassed');
    const early = { ...yes, saidAt: before };
    expect(given.when(erin, early, heard)).not.toContain('GatePassed');
  });
});

describe('T31: which no a yes was said before', () => {
  const [ship] = opened(again(erin)).stages;
  if (ship === undefined) throw new Error('There is no stage.');
  const { sentBackAt: _, ...never } = ship;
  const sent = { ...never, sentBackAt: noon.at };
  const veto = { id: 'c1', by: vera, text: 'not like this', ...noon, veto: true as const };
  const vetoed = { ...never, concerns: [veto] };
  const settled = { by: vera, text: 'it is fine now', ...noon };

  test.each([
    ['nobody ever said no', never, { by: erin, saidAt: before }, false],
    ['nobody knows when it was said', sent, { by: erin }, false],
    ['a second before', sent, { by: erin, saidAt: before }, true],
    ['in the second of the no', sent, { by: erin, saidAt: '2026-01-01T12:00:00.999Z' }, false],
    ['before one’s own veto', vetoed, { by: vera, saidAt: before }, true],
    ['before somebody else’s veto', vetoed, { by: erin, saidAt: before }, false],
    [
      'before a concern that is no veto',
      { ...never, concerns: [{ ...veto, veto: false }] },
      { by: vera, saidAt: before },
      false,
    ],
    [
      'before a veto that is settled',
      { ...never, concerns: [{ ...veto, resolved: settled }] },
      { by: vera, saidAt: before },
      false,
    ],
  ])('%s', (_name, stageNow, said, is) => {
    expect(saidBeforeNo(stageNow, said)).toBe(is);
    expect(requireAfterNo(stageNow, said)?.refused).toBe(is ? 'past-round' : undefined);
  });
});
