/** What an approval outlives: a clean rebase, and a push beside what its role judges; nothing else, and whoever loses one is told once (requirements SG-10, threats T13, T19). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import type { MovedHead } from '../../../src/core/epic/moved-head.ts';
import { noticeOf } from '../../../src/core/render/notice.ts';
import type { GateDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { pathFits } from '../../../src/core/workflow/path-patterns.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, workflow } from './given.ts';
import { link, now, pullFacts, review, sha, shown } from './pulls.ts';

const { pat, dan, erin, vera, sam } = cast;
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(sha) as [string, string, string, string];

const asking = (more: Partial<GateDefinition> = {}): WorkflowDefinition => ({
  ...workflow,
  stages: [stage('build', { gate: { name: 'review', approvers: ['EM', 'VP'], ...more } })],
});
const scoped = { paths: { VP: ['docs/**'] } };
const submitted = (more?: Partial<GateDefinition>): Given =>
  started(asking(more))
    .and(dan, on('build', 'Claim'))
    .and(pat, link('build', 7))
    .and(sam, shown(7))
    .and(dan, on('build', 'Submit'));
const approved = (more?: Partial<GateDefinition>): Given =>
  submitted(more)
    .and(erin, on('build', 'Approve', { commentId: 1 }), { pulls: [pullFacts(7)] })
    .and(vera, review(vera, 7, 'approved'), { pulls: [pullFacts(7)] });
const pushed = (given: Given, head: string, moved?: MovedHead): Given =>
  given.and(dan, now(7, { head, ...(moved === undefined ? {} : { moved }) }));
const verdictOf = (given: Given) => {
  const epic = opened(given);
  const [build] = epic.stages;
  if (build === undefined) throw new Error('no stage');
  return judgeGate(epic, build);
};
const filled = (given: Given): readonly string[] => verdictOf(given).filled.map(({ by }) => by.login);
const lastVoided = (given: Given): readonly string[] =>
  given.events.flatMap((event) => ('voided' in event ? (event.voided ?? []) : [])).map(({ login }) => login);

describe('a push', () => {
  test('of which nobody could say what it changed costs every approval, and their people are named once', () => {
    for (const moved of [undefined, { from: a, to: b }]) {
      const given = pushed(approved(), b, moved);
      expect(filled(given)).toEqual([]);
      expect(lastVoided(given)).toEqual(['erin', 'vera']);
      expect(lastVoided(pushed(given, c))).toEqual(['erin', 'vera']);
    }
  });

  test('that leaves the whole change as it was keeps them: a clean rebase', () => {
    const given = pushed(approved(), b, { from: a, to: b, files: [] });
    expect(filled(given)).toEqual(['erin', 'vera']);
    expect(lastVoided(given)).toEqual([]);
    expect(verdictOf(given).passed).toBe(true);
    expect(opened(given).stages[0]?.status).toBe('in-review');
  });

  test('that changes a file costs those who judge it, and nobody else', () => {
    const code = pushed(approved(scoped), b, { from: a, to: b, files: ['src/x.ts'] });
    expect(filled(code)).toEqual(['vera']);
    expect(lastVoided(code)).toEqual(['erin']);
    const docs = pushed(approved(scoped), b, { from: a, to: b, files: ['docs/x.md'] });
    expect(filled(docs)).toEqual([]);
    expect(lastVoided(docs)).toEqual(['erin', 'vera']);
  });

  test('after a push that was kept: what leads from one to the other must be kept throughout', () => {
    const rebased = pushed(approved(), b, { from: a, to: b, files: [] });
    expect(filled(pushed(rebased, c, { from: b, to: c, files: [] }))).toEqual(['erin', 'vera']);
    const changed = pushed(rebased, c, { from: b, to: c, files: ['x'] });
    expect(filled(changed)).toEqual([]);
    expect(filled(pushed(changed, d, { from: c, to: d, files: [] }))).toEqual([]);
  });

  test('said of another head than the one that came is not believed', () => {
    expect(filled(pushed(approved(), b, { from: a, to: c, files: [] }))).toEqual([]);
    expect(filled(pushed(approved(), b, { from: c, to: b, files: [] }))).toEqual([]);
  });

  test('onto another base as well costs everything, also what was kept before', () => {
    const rebased = pushed(approved(), b, { from: a, to: b, files: [] });
    const given = rebased.and(dan, now(7, { head: b, base: 'release' }));
    expect(filled(given)).toEqual([]);
    expect(lastVoided(given)).toEqual(['erin', 'vera']);
  });

  test('costs nothing where the policy lets approvals of older heads count', () => {
    const rules = { rules: rulesWith({ staleOnPush: false }) };
    const given = approved()
      .and(sam, { type: 'NoteRules' }, rules)
      .and(dan, now(7, { head: b }), rules);
    expect(filled(given)).toEqual(['erin', 'vera']);
    expect(lastVoided(given)).toEqual([]);
  });
});

test('whoever lost an approval is told so once: why, by whom, which files, and what to type', () => {
  const given = pushed(approved(scoped), b, { from: a, to: b, files: ['src/`x`.ts', 'src/@erin.ts'] });
  const epic = opened(given);
  const notices = given.events.flatMap((event) => noticeOf(epic, event) ?? []);
  expect(notices).toHaveLength(1);
  expect(notices[0]?.text).toMatchInlineSnapshot(
    `"@erin: your approval of \`build\` no longer counts, because #7 was pushed to, which changed \`src/'x'.ts\`, \`src/@​erin.ts\`. What to type: \`/approve build bbbbbbb\` once you have read it, or approve the pull request."`,
  );
  const retargeted = approved().and(dan, now(7, { base: 'release' }));
  const [notice] = retargeted.events.flatMap((event) => noticeOf(opened(retargeted), event) ?? []);
  expect(notice?.text).toMatchInlineSnapshot(
    `"@erin @vera: your approval of \`build\` no longer counts, because #7 was pointed at another base, \`release\`. What to type: \`/approve build aaaaaaa\` once you have read it, or approve the pull request."`,
  );
});

describe('paths', () => {
  test.each([
    ['docs/**', 'docs/a/b.md', true],
    ['docs/**', 'docs', true],
    ['docs/', 'docs/a/b.md', true],
    ['docs/**', 'src/docs/a.md', false],
    ['**/docs/**', 'src/docs/a.md', true],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'a/b/c.ts', true],
    ['*.ts', 'a/b.ts', false],
    ['src/*/index.ts', 'src/a/index.ts', true],
    ['src/*/index.ts', 'src/a/b/index.ts', false],
    ['src/**/index.ts', 'src/index.ts', true],
    ['LICENSE', 'LICENSE', true],
    ['LICENSE', 'license', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['a*b*c', 'axxbxxbyc', true],
    ['[ab].ts', '[ab].ts', true],
    ['[ab].ts', 'a.ts', false],
    ['**', 'anything/at/all', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(pathFits(pattern, path)).toBe(expected);
  });

  test('no pattern takes long, whatever it is made of', () => {
    const began = performance.now();
    expect(pathFits('*a'.repeat(100), `${'a'.repeat(4_000)}b`)).toBe(false);
    expect(pathFits(`${'**/a/'.repeat(40)}c`, `${'a/'.repeat(2_000)}b`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

test('however often it is pushed, an approval counts exactly while nothing it judges was touched since', () => {
  const files = fc.option(fc.subarray(['src/x.ts', 'docs/x.md', 'LICENSE']), { nil: undefined });
  const pushes = fc.array(fc.record({ files, approves: fc.constantFrom('erin', 'vera', 'nobody') }), {
    maxLength: 6,
  });
  let kept = 0;
  fc.assert(
    fc.property(pushes, fc.boolean(), (history, scopes) => {
      let given = submitted(scopes ? scoped : {});
      // By hand: what each has approved and not lost; an approval is lost for good by the first push that touches it.
      const standing = { erin: false, vera: false };
      let at = 0;
      const heads = 'abcdefg';
      for (const step of history) {
        const from = sha(heads[at] ?? 'z');
        if (step.approves !== 'nobody' && !standing[step.approves]) {
          const by = cast[step.approves];
          given = given.and(by, on('build', 'Approve', { commentId: at, commit: from }), {
            pulls: [pullFacts(7, { head: from })],
          });
          standing[step.approves] = true;
        }
        at += 1;
        const to = sha(heads[at] ?? 'z');
        given = pushed(given, to, { from, to, ...(step.files === undefined ? {} : { files: step.files }) });
        const { files: touched } = step;
        standing.erin &&= touched?.length === 0;
        standing.vera &&=
          touched !== undefined && (scopes ? !touched.includes('docs/x.md') : touched.length === 0);
        if (standing.vera && touched !== undefined && touched.length > 0) kept += 1;
        expect(filled(given)).toEqual((['erin', 'vera'] as const).filter((name) => standing[name]));
        expect(verdictOf(given).passed).toBe(standing.erin && standing.vera);
      }
    }),
    { numRuns: 400 },
  );
  expect(kept).toBeGreaterThan(20);
});
