/** An override vouches for what its giver could see: what is pushed afterwards does not slip through beside it (threats T35, T39). */
import { describe, expect, test } from 'vitest';
import { noticeOf } from '../../../src/core/render/notice.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, type Wanted, workflow } from './given.ts';
import { link, now, review, sha, shown } from './pulls.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, olga } = cast;
const open = { gatePassed: false, status: 'in-review' };

/** `ship` in review with pull request #7 and overridden. */
const overridden = (more: object = {}): Given =>
  started({ ...workflow, stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'] } })] }, more)
    .and(dan, on('ship', 'Claim'), more)
    .and(dan, link('ship', 7), more)
    .and(dan, shown(7), more)
    .and(dan, on('ship', 'Submit'), more)
    .and(olga, on('ship', 'Override'), more);

describe('T35: an overridden gate', () => {
  test('is passed for the commit that was there, and open again for the next one, which is told', () => {
    expect(stageIn(overridden(), 'ship').gatePassed).toBe(true);
    const pushed = overridden().and(dan, now(7, { head: sha('b') }));
    expect(stageIn(pushed, 'ship')).toMatchObject(open);
    expect(stageIn(pushed, 'ship').override).toBeUndefined();
    expect(pushed.events.map((event) => noticeOf(opened(pushed), event)?.text)).toContainEqual(
      '@erin: the gate of `ship` is open again: #7 has changed since `olga` overrode the gate. What to type: `/approve` or `/reject <why>`.',
    );
  });
  test.each<[string, Wanted]>([
    ['another base', now(7, { base: 'release' })],
    ['another pull request', link('ship', 9)],
  ])('is open again for %s', (_, wanted) => {
    expect(stageIn(overridden().and(dan, wanted), 'ship')).toMatchObject(open);
  });
  test('is open again when a pause ends in which it was overtaken', () => {
    const paused = overridden()
      .and(olga, { type: 'Pause', reason: '' })
      .and(dan, now(7, { head: sha('b') }));
    expect(stageIn(paused, 'ship').gatePassed).toBe(true);
    const resumed = paused.and(olga, { type: 'Resume' });
    expect(stageIn(resumed, 'ship')).toMatchObject(open);
    expect(resumed.events.at(-1)).toMatchObject({
      type: 'GateReopened',
      reason: '#7 has changed since `olga` overrode the gate',
    });
  });
  test('that was approved during the pause is passed, and what opens it later is not laid to the old push', () => {
    const resumed = overridden()
      .and(olga, { type: 'Pause', reason: '' })
      .and(dan, now(7, { head: sha('b') }))
      .and(erin, review(erin, 7, 'approved', { commit: sha('b') }))
      .and(olga, { type: 'Resume' });
    expect(stageIn(resumed, 'ship')).toMatchObject({ gatePassed: true });
    const pushed = resumed.and(dan, now(7, { head: sha('c') }));
    expect(pushed.events.at(-1)).toMatchObject({
      type: 'GateReopened',
      reason: 'an approval no longer counts',
    });
    expect(pushed.events.at(-1)).not.toHaveProperty('overtaken');
  });
  test('can be overridden again for what is there now', () => {
    const pushed = overridden().and(dan, now(7, { head: sha('b') }));
    expect(stageIn(pushed.and(olga, on('ship', 'Override')), 'ship').gatePassed).toBe(true);
  });
  test('stays passed by a clean rebase, by its own head told again, and where pushes void nothing', () => {
    const moved = { from: sha('a'), to: sha('b'), files: [] };
    expect(stageIn(overridden().and(dan, now(7, { head: sha('b'), moved })), 'ship').gatePassed).toBe(true);
    expect(stageIn(overridden().and(dan, now(7)), 'ship').gatePassed).toBe(true);
    const loose = { rules: rulesWith({ staleOnPush: false }) };
    const pushed = overridden(loose).and(dan, now(7, { head: sha('b') }), loose);
    expect(stageIn(pushed, 'ship').gatePassed).toBe(true);
  });
  test('what was pushed and merged at once went past it, and that is told', () => {
    const merged = overridden().and(dan, now(7, { head: sha('b'), state: 'merged' }));
    expect(merged.events.map(({ type }) => type)).toContain('GateBypassed');
  });
});
