/** A new round begins empty: no approval, review, claim or pull request of an earlier one counts in it (issue 4, contract §5). */
import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../src/core/epic/explanation.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import type { Pull } from '../../../src/core/epic/state.ts';
import {
  cast,
  foldOf,
  type Given,
  on,
  open,
  opened,
  stage,
  started,
  submitted,
  type Wanted,
  workflow,
} from './given.ts';
import { link, now, review, seen, sha, shown } from './pulls.ts';
import { branched, finish, stageIn } from './rounds.ts';

const { pat, dan, erin, vera, olga, sam } = cast;
const pullIn = (given: Given, number: number): Pull => {
  const pull = opened(given).pulls.find((one) => one.number === number);
  if (pull === undefined) throw new Error(`There is no #${number}.`);
  return pull;
};
const lines = (one: Explanation): readonly string[] => [
  one.says,
  one.next ?? '',
  ...one.parts.flatMap(lines),
];
const backTo = (to: string) => on('build', 'Reject', { to });

describe('a new round begins empty', () => {
  const half = () => submitted().and(vera, on('build', 'Approve', { commentId: 5 }));

  test('an approval of the round before is in the past and fills no role now', () => {
    const back = half().and(dan, on('build', 'AddEvidence')).and(erin, backTo('define'));
    const again = back
      .and(olga, on('define', 'Skip'))
      .and(dan, on('build', 'Claim'))
      .and(dan, on('build', 'Submit'));
    const build = stageIn(again, 'build');
    expect(judgeGate(opened(again), build)).toMatchObject({ passed: false, missing: ['EM', 'VP'] });
    expect(build.evidence).toEqual([]);
    expect(build.past?.[0]).toMatchObject({
      approvals: [{ by: vera, commentId: 5 }],
      evidence: [{ by: dan }],
    });
  });

  test('deleting the comment that approved an earlier round takes nothing from what was decided by it', () => {
    const back = half().and(erin, backTo('define'));
    expect(back.when(vera, { type: 'RevokeApproval', commentId: 5, how: 'deleted' })).toEqual([]);
  });

  test('an /approve written before the round began is refused, however late it is heard', () => {
    const again = half()
      .and(erin, backTo('define'))
      .and(olga, on('define', 'Skip'))
      .and(dan, on('build', 'Claim'))
      .and(dan, on('build', 'Submit'));
    const since = stageIn(again, 'build').reopening?.at ?? '';
    const early = new Date(Date.parse(since) - 1_000).toISOString();
    expect(again.when(vera, on('build', 'Approve', { saidAt: early }))).toBe('past-round');
    expect(again.when(vera, on('build', 'Approve', { saidAt: since }))).toEqual(['ApprovalGiven']);
  });

  test('a blocker that stands still stands: only people lift it', () => {
    const blocked = finish(started(branched), 'plan').and(dan, on('draw', 'Block'));
    const back = blocked.and(dan, on('plan', 'Retry'));
    expect(stageIn(back, 'draw').blockers).toHaveLength(1);
    expect(finish(back, 'plan').when(dan, on('draw', 'Claim'))).toBe('blocked');
  });

  test('the times of the round before do not run on', () => {
    const due = {
      ...workflow,
      stages: [stage('plan', { due: 3_600_000 }), stage('ship', { dependsOn: ['plan'] })],
    };
    const back = finish(started(due), 'plan').and(dan, on('plan', 'Retry'));
    expect(stageIn(back, 'plan').life?.from).toBe(stageIn(back, 'plan').reopening?.at);
  });

  test('who made a round keeps apart from what tests it, also in the next one', () => {
    const apart = {
      ...workflow,
      stages: [stage('build'), stage('test', { dependsOn: ['build'], distinctFrom: ['build'] })],
    };
    const back = finish(started(apart), 'build').and(dan, on('build', 'Retry'));
    const again = back.and(sam, on('build', 'Claim'), { roles: ['ENG'] }).and(sam, on('build', 'Submit'));
    expect(again.when(dan, on('test', 'Claim'))).toBe('kept-apart');
  });
});

describe('pull requests of a stage that is gone back on', () => {
  const reviewed = (): Given =>
    submitted()
      .and(dan, link('build', 7))
      .and(dan, link('build', 8, { contributors: [dan.id, erin.id] }))
      .and(sam, shown(7))
      .and(vera, review(vera, 7, 'approved'))
      .and(vera, review(vera, 8, 'approved', { id: 2 }))
      .and(dan, now(8, { state: 'merged' }));
  const submitAgain = (given: Given): Given =>
    given.and(olga, on('define', 'Skip')).and(dan, on('build', 'Claim')).and(dan, on('build', 'Submit'));

  test('an open one goes on in the new round without its reviews; its check waits, it is not red', () => {
    const back = reviewed().and(erin, backTo('define'));
    expect(judgePull(opened(back), pullIn(back, 7)).state).toBe('in_progress');
    const again = submitAgain(back);
    expect(judgeGate(opened(again), stageIn(again, 'build')).missing).toEqual(['EM', 'VP']);
    expect(again.when(erin, on('build', 'Approve'), seen(again))).toEqual(['ApprovalGiven']);
  });

  test('a merged one stays with the round it was merged for and gates nothing any more', () => {
    const again = submitAgain(reviewed().and(erin, backTo('define')));
    const closed = again.and(dan, now(7, { state: 'closed' }));
    const end = closed.and(erin, on('build', 'Approve')).and(vera, on('build', 'Approve'));
    expect(stageIn(end, 'build').status).toBe('done');
    expect(stageIn(end, 'build').past?.[0]?.pulls.map(({ number, state }) => `${number} ${state}`)).toEqual([
      '7 open',
      '8 merged',
    ]);
    expect(end.when(dan, link('build', 8, { state: 'merged' }))).toEqual([]);
  });

  test('one that is opened again belongs to the present round', () => {
    const back = reviewed()
      .and(dan, now(7, { state: 'closed' }))
      .and(erin, backTo('define'));
    const again = submitAgain(back).and(dan, now(7, { state: 'open' }));
    const approve = on('build', 'Approve', { commit: sha('a') });
    const end = again.and(erin, approve, seen(again)).and(vera, approve, seen(again));
    expect(stageIn(end, 'build').status).toBe('in-review');
  });

  test('one linked since belongs to the present round; one that left and comes back brings no old approval', () => {
    const back = reviewed().and(dan, { type: 'Unlink', number: 7 }).and(erin, backTo('define'));
    const again = submitAgain(back.and(dan, link('build', 7)).and(dan, link('build', 9)));
    expect(opened(again).pulls.map(({ number, round }) => [number, round])).toEqual([
      [8, undefined],
      [7, 2],
      [9, 2],
    ]);
    expect(judgeGate(opened(again), stageIn(again, 'build')).consents).toEqual([]);
  });

  test('a review given before and heard of since does not count, a no does not send back', () => {
    const back = reviewed().and(erin, backTo('define'));
    const since = stageIn(back, 'build').reopening?.at ?? '';
    const said = (verdict: 'approved' | 'changes-requested', id: number, saidAt: string): Wanted =>
      Object.assign(review(erin, 7, verdict, { id }), { saidAt });
    const early = new Date(Date.parse(since) - 5_000).toISOString();
    const again = submitAgain(back);
    const late = again.and(erin, said('approved', 30, early));
    expect(judgeGate(opened(late), stageIn(late, 'build')).filled).toEqual([]);
    expect(again.when(erin, said('changes-requested', 31, early))).toEqual(['ReviewGiven']);
    const heard = again.and(erin, said('approved', 32, since));
    expect(judgeGate(opened(heard), stageIn(heard, 'build')).filled).toMatchObject([{ role: 'EM' }]);
  });
});

describe('pull requests at the end of a batch', () => {
  const waiting = (): Given =>
    submitted()
      .and(erin, on('build', 'Approve'))
      .and(vera, on('build', 'Approve'))
      .and(dan, link('build', 8, { state: 'merged' }))
      .and(dan, link('build', 7))
      .and(vera, review(vera, 7, 'approved'));

  test('what is open waits on in the next one without its reviews; what was merged is let go', () => {
    const over = waiting().and(olga, on('tell', 'Skip'));
    const source = { path: 'x', commit: null };
    const batch = over.and(olga, { type: 'NextBatch', reason: '', definition: workflow, source });
    const [pull, ...rest] = opened(batch).pulls;
    expect(rest).toEqual([]);
    expect(pull).toMatchObject({ number: 7, reviews: [{ by: vera, voided: true }] });
    expect(pull && judgePull(opened(batch), pull).state).toBe('in_progress');
  });

  const cancelled = (): Given => waiting().and(pat, { type: 'Cancel', reason: 'no', gone: false });

  test('a new start by label is no way past a cancelled gate: what is open waits on without its reviews', () => {
    const again = cancelled().and(pat, open());
    expect(opened(again).pulls.map(({ number, stage }) => [number, stage])).toEqual([[7, 'build']]);
    expect(opened(again).pulls[0]?.reviews).toMatchObject([{ by: vera, voided: true }]);
    expect(judgePull(opened(again), pullIn(again, 7)).state).toBe('in_progress');
    const shut = cancelled().and(dan, now(7, { state: 'closed' }));
    expect(opened(shut.and(pat, open())).pulls).toEqual([]);
  });

  test('another workflow may have no such stage: the check says so, and where to go', () => {
    const other = { ...workflow, name: 'bug', stages: [stage('fix')] };
    const again = cancelled().and(pat, open(other));
    const { state, explanation } = judgePull(opened(again), pullIn(again, 7));
    expect(state).toBe('in_progress');
    expect(lines(explanation).join(' ')).toMatch(/no stage `build` any more.*\/link #/);
    const linked = again.and(dan, link('fix', 7, { via: 'command' }));
    expect(pullIn(linked, 7)).toMatchObject({ stage: 'fix', link: 'linked' });
  });

  test('a stream from before that was decided folds as it did: nothing was taken along', () => {
    const old = cancelled()
      .and(pat, open())
      .events.map((event) => {
        if (event.type !== 'EpicOpened') return event;
        const { carries: _, ...before } = event;
        return before;
      });
    const epic = foldOf(old);
    expect(epic.status !== 'unopened' && epic.pulls).toEqual([]);
  });
});
