/** The gate against a second, naive evaluator written from the contract's words: nobody unauthorised counted, nobody authorised ignored. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import type { Question } from '../../../src/core/epic/question.ts';
import type { Approval, OpenedEpic, Pull, Review, Stage } from '../../../src/core/epic/state.ts';
import { opened, rulesWith, submitted } from './given.ts';

const people = [2, 3, 4, 5].map((id) => ({ id, login: `p${id}` }));
const heads = ['aaaaaaa', 'bbbbbbb'];
const gateRoles = ['EM', 'VP'];
const at = '2026-01-01T00:00:00.000Z';

const roles = fc.subarray(['EM', 'VP', 'ENG']);
const head = fc.constantFrom(...heads);

const review = fc.record({
  by: fc.constantFrom(...people),
  verdict: fc.constantFrom('approved' as const, 'changes-requested' as const, 'dismissed' as const),
  commit: head,
  roles,
  voided: fc.boolean(),
});

const pull = fc.record({
  head,
  state: fc.constantFrom('open' as const, 'merged' as const, 'closed' as const),
  link: fc.constantFrom('linked' as const, 'proposed' as const),
  author: fc.constantFrom(...people),
  contributors: fc.subarray([2, 3, 4, 5]),
  reviews: fc.uniqueArray(review, { selector: (one) => one.by.id, maxLength: 4 }),
});

const world = fc.record({
  pulls: fc.array(pull, { maxLength: 2 }),
  approvals: fc.uniqueArray(
    fc.record({ by: fc.constantFrom(...people), roles, commits: fc.tuple(fc.option(head), fc.option(head)) }),
    {
      selector: (one) => one.by.id,
      maxLength: 4,
    },
  ),
  selfApproval: fc.boolean(),
  distinctApprovers: fc.boolean(),
  staleOnPush: fc.boolean(),
  submitted: fc.boolean(),
  /** Most of the time nobody asks, so that gates still pass here. */
  questions: fc.array(fc.constantFrom('open' as const, 'answered' as const, 'withdrawn' as const), {
    maxLength: 2,
    size: 'xsmall',
  }),
  overridden: fc.constantFrom(true, ...Array.from({ length: 9 }, () => false)),
});

type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

const base = opened(submitted());
const build = base.stages[1];

const epicOf = (wanted: World): { epic: OpenedEpic; stage: Stage } => {
  if (build === undefined) throw new Error('The workflow has a second stage.');
  const pulls: Pull[] = wanted.pulls.map((one, index) => ({
    ...one,
    number: index + 1,
    stage: 'build',
    via: 'body',
    base: 'main',
    fork: false,
    reviews: one.reviews.map((given, id): Review => ({ ...given, id, text: '', at })),
  }));
  const approvals: Approval[] = wanted.approvals.map((one, commentId) => ({
    by: one.by,
    roles: one.roles,
    commentId,
    note: '',
    at,
    commits: Object.fromEntries(
      one.commits.flatMap((commit, index) => (commit === null ? [] : [[index + 1, commit]])),
    ),
  }));
  const { selfApproval, distinctApprovers, staleOnPush } = wanted;
  const said = { by: { id: 3, login: 'p3' }, text: 'why?', at };
  const questions = wanted.questions.map(
    (became, index): Question => ({
      ...said,
      id: `q${index + 1}`,
      kind: index === 0 ? 'clarification' : 'evidence',
      ...(became === 'answered' ? { answer: said } : {}),
      ...(became === 'withdrawn' ? { withdrawn: said } : {}),
    }),
  );
  const stage: Stage = {
    ...build,
    approvals,
    questions,
    status: wanted.submitted ? 'in-review' : 'in-progress',
    ...(wanted.overridden ? { override: said } : {}),
  };
  return {
    epic: { ...base, pulls, rules: rulesWith({ selfApproval, distinctApprovers, staleOnPush }) },
    stage,
  };
};

/** Contract §3–§5, word by word: who approves now, and whether some assignment of people to roles fills the gate. */
const naive = (wanted: World): boolean => {
  if (!wanted.submitted) return false;
  if (wanted.overridden) return true;
  if (wanted.questions.includes('open')) return false;
  const counted = wanted.pulls
    .map((one, index) => ({ ...one, index }))
    .filter((one) => one.link === 'linked' && one.state !== 'closed');
  const may = (id: number): boolean =>
    wanted.selfApproval ||
    (id !== 2 && counted.every((one) => one.author.id !== id && !one.contributors.includes(id)));
  const current = (commit: string | null | undefined, now: string): boolean =>
    commit !== null && commit !== undefined && (commit === now || !wanted.staleOnPush);
  const voters = people.flatMap(({ id }) => {
    const comment = wanted.approvals.find((one) => one.by.id === id);
    const live = counted.map((one) =>
      one.reviews.find((given) => given.by.id === id && given.verdict === 'approved' && !given.voided),
    );
    // What a push had cost before its pull request was closed does not come back with that.
    const lost = wanted.pulls.some(
      (one, index) =>
        !counted.some((other) => other.index === index) &&
        comment?.commits[index] != null &&
        !current(comment.commits[index], one.head),
    );
    const said = comment !== undefined || live.some((one) => one !== undefined);
    const everyPull =
      (counted.length > 0 || !lost) &&
      counted.every(
        (one, at) =>
          (!lost && current(comment?.commits[one.index], one.head)) || current(live[at]?.commit, one.head),
      );
    const held = gateRoles.filter(
      (role) => comment?.roles.includes(role) || live.some((one) => one?.roles.includes(role)),
    );
    return said && everyPull && may(id) ? [held] : [];
  });
  if (!wanted.distinctApprovers) return gateRoles.every((role) => voters.some((held) => held.includes(role)));
  return voters.some(
    (em, one) => em.includes('EM') && voters.some((vp, other) => one !== other && vp.includes('VP')),
  );
};

test('no approval is counted that should not be, and none is lost', () => {
  fc.assert(
    fc.property(world, (wanted) => {
      const { epic, stage } = epicOf(wanted);
      expect(judgeGate(epic, stage).passed).toBe(naive(wanted));
    }),
    { numRuns: 20_000 },
  );
});

test('the gates that pass in this test are not none', () => {
  const passed = fc.sample(world, { numRuns: 5_000, seed: 7 }).filter((one) => !one.overridden && naive(one));
  expect(passed.length).toBeGreaterThan(20);
});
