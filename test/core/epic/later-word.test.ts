/** What somebody says later takes back what they said before, theirs alone and there alone (threats T31). */
import { expect, test } from 'vitest';
import type { EpicEvent } from '../../../src/core/epic/events.ts';
import { reviewsAtStage, takenBack } from '../../../src/core/epic/later-word.ts';
import type { OpenedEpic, Pull, Review } from '../../../src/core/epic/state.ts';
import { cast, on, opened, stage, started, workflow } from './given.ts';
import { link } from './pulls.ts';

const { dan, erin, vera } = cast;
const definition = { ...workflow, stages: [stage('ship'), stage('tell')] };
const at = '2026-01-01T12:00:00.000Z';
const approval = (by: typeof erin) => ({
  by,
  roles: ['EM'],
  commits: { 7: 'a' },
  commentId: 1,
  note: '',
  at,
});

/** Both have approved both stages by comment; #7 belongs to `ship`. */
const approved = (pull: Partial<Pull> = {}, ship: 'in-review' | 'done' = 'in-review'): OpenedEpic => {
  const epic = opened(started(definition).and(dan, on('ship', 'Claim')).and(dan, link('ship', 7)));
  return {
    ...epic,
    pulls: epic.pulls.map((one) => ({ ...one, ...pull })),
    stages: epic.stages.map((one) => ({
      ...one,
      status: one.definition.key === 'ship' ? ship : 'in-review',
      approvals: [approval(erin), approval(vera)],
    })),
  };
};
const review = (verdict: Review['verdict'], when = at): Review => ({
  ...{ id: 1, by: erin, verdict, commit: 'a', text: '', roles: ['EM'], at: when, voided: false },
});
const given = (more: Partial<Extract<EpicEvent, { type: 'ReviewGiven' }>> = {}) => ({
  ...{ type: 'ReviewGiven' as const, number: 7, review: review('changes-requested'), at, by: erin },
  ...more,
});
const whose = (epic: OpenedEpic): string =>
  epic.stages
    .map(({ approvals }) => approvals.map(({ by }) => (by.id === erin.id ? 'erin' : 'vera')).join('+'))
    .join(' | ');

test.each([
  ['a change request takes back its giver’s approval, of its stage', approved(), given(), 'vera | erin+vera'],
  [
    'an approval takes back nothing',
    approved(),
    given({ review: review('approved') }),
    'erin+vera | erin+vera',
  ],
  [
    'one that was overtaken itself takes back nothing',
    approved(),
    given({ late: true }),
    'erin+vera | erin+vera',
  ],
  [
    'one on a pull request that is only proposed',
    approved({ link: 'proposed' }),
    given(),
    'erin+vera | erin+vera',
  ],
  ['one on a pull request of nobody’s', approved(), given({ number: 8 }), 'erin+vera | erin+vera'],
  ['what is done stays as it was', approved({}, 'done'), given(), 'erin+vera | erin+vera'],
])('%s', (_, epic, event, left) => {
  expect(whose(takenBack(epic, event))).toBe(left);
});

test.each([
  ['before the round', '2026-01-01T11:59:59.999Z', 7, true],
  ['as it began', at, 7, false],
  ['in it', '2026-01-01T12:00:01.000Z', 7, false],
  ['before it, of a pull request that did not come now', '2026-01-01T11:00:00.000Z', 8, false],
])('a review given %s counts in it or not', (_, when, number, voided) => {
  const epic = approved({ reviews: [review('approved', when)] });
  const again = {
    ...epic,
    stages: epic.stages.map((one) => ({ ...one, reopening: { by: dan, at, text: '', root: 'ship' } })),
  };
  expect(reviewsAtStage(again, again.pulls, number)[0]?.reviews[0]?.voided).toBe(voided);
  expect(reviewsAtStage(epic, epic.pulls, number)).toEqual(epic.pulls);
});
