/** An approval is for what its giver has seen: no other commit of that name, nothing that came to the stage later (threats T12). */
import { describe, expect, test } from 'vitest';
import { cast, type Given, on, opened, stage, started, workflow } from './given.ts';
import { link, now, seen, sha, shown } from './pulls.ts';
import { said } from './said.ts';

const { dan, erin, sam } = cast;
const gated = { ...workflow, stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'] } })] };

describe('T12: an abbreviated commit that begins like an earlier head', () => {
  const first = `abc1234${'0'.repeat(33)}`;
  const second = `abc1234${'f'.repeat(33)}`;
  const fork = { author: sam, fork: true };
  const replaced = (): Given =>
    started(gated)
      .and(dan, on('ship', 'Claim'))
      .and(dan, link('ship', 7, { ...fork, head: first }))
      .and(dan, on('ship', 'Submit'))
      .and(sam, now(7, { ...fork, head: second }));

  test('approves neither: whoever read the first has not read the second', () => {
    const given = replaced();
    expect(given.when(erin, on('ship', 'Approve', { commit: 'abc1234' }), seen(given))).toBe('which-commit');
    expect(said(given, erin, on('ship', 'Approve', { commit: 'abc1234' }), seen(given))).toContain(second);
  });
  test('is what it says where all of it is named, and where it comes back', () => {
    const given = replaced();
    expect(given.when(erin, on('ship', 'Approve', { commit: second }), seen(given))).toContain('GatePassed');
    expect(given.when(erin, on('ship', 'Approve', { commit: first }), seen(given))).toBe('no-such-commit');
  });
  test('is not forgotten while the pull request is away', () => {
    const given = replaced()
      .and(sam, { type: 'Unlink', number: 7 })
      .and(dan, link('ship', 7, { ...fork, head: second }));
    expect(given.when(erin, on('ship', 'Approve', { commit: 'abc1234' }), seen(given))).toBe('which-commit');
  });
});

describe('T12: an /approve that is heard late', () => {
  const linked = (): Given =>
    started(gated)
      .and(dan, on('ship', 'Claim'))
      .and(dan, on('ship', 'Submit'))
      .and(dan, link('ship', 7))
      .and(dan, shown(7, sha('a')));
  const moment = (given: Given, seconds: number): string => {
    const at = opened(given).pulls[0]?.linkedAt ?? '';
    return new Date(Date.parse(at) + seconds * 1_000).toISOString();
  };

  test('is not about a pull request that was linked after it was written', () => {
    const given = linked();
    const early = on('ship', 'Approve', { saidAt: moment(given, -1) });
    expect(given.when(erin, early, seen(given))).toBe('head-moved');
    expect(said(given, erin, early, seen(given))).toContain('#7 came to this stage after that was written');
  });
  test('is about it from then on, also where the link is said again', () => {
    const given = linked();
    const saidAt = moment(given, 0);
    const again = given.and(dan, link('ship', 7, { via: 'command' }));
    for (const one of [given, again])
      expect(one.when(erin, on('ship', 'Approve', { saidAt }), seen(one))).toContain('GatePassed');
  });
});
