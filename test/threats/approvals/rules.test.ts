/** What the pure rules owe: checks that never pass by another name, gates that ask for somebody, approvals bound to what they judged (threats §2.2, §2.5). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import { checkRun } from '../../../src/core/render/check-run.ts';
import { parseWorkflow } from '../../../src/core/workflow/parse.ts';
import { cast, on, opened, submitted } from '../../core/epic/given.ts';
import { link, pullFacts } from '../../core/epic/pulls.ts';

const file = (gate: string): string =>
  `name: x\nstages:\n  - stage: a\n    role: ENG\n    action: do\n    ${gate}\n`;

describe('T29: a gate asks for at least one approval', () => {
  test.each([
    ['no approvers', 'approval_gate: go'],
    ['an empty list', 'approval_gate: go\n    approvers: []'],
    ['none of them', 'approval_gate: go\n    approvers: [EM]\n    approval: { require: 0 }'],
    [
      'none of a list',
      'approval_gate: go\n    approvers: [EM]\n    approval: { require: { n: 0, of: [EM] } }',
    ],
    [
      'an empty list of names',
      'approval_gate: go\n    approvers: [EM]\n    approval: { require: { any: [] } }',
    ],
    ['more than there are', 'approval_gate: go\n    approvers: [EM]\n    approval: { require: 2 }'],
  ])('T29: %s is refused', (_, gate) => {
    expect(parseWorkflow(file(gate), 'x.yml')).toHaveProperty('problems');
  });
});

test('T61: whatever has happened to an epic, its check is in progress, a success or a failure; never neutral, never skipped', () => {
  const acts = fc.array(
    fc.constantFrom(
      'Approve',
      'Reject',
      'Block',
      'Unblock',
      'Skip',
      'Override',
      'Submit',
      'Claim',
      'Release',
    ),
    { maxLength: 8 },
  );
  let judged = 0;
  fc.assert(
    fc.property(acts, fc.boolean(), (types, paused) => {
      let given = submitted();
      for (const [index, type] of types.entries()) {
        const wish = on('build', type as 'Claim', { commentId: index });
        const roles = { roles: ['EM', 'VP', 'ENG', 'OVERRIDER'] };
        const who = type === 'Submit' || type === 'Release' ? cast.dan : cast.erin;
        if (Array.isArray(given.when(who, wish, roles))) given = given.and(who, wish, roles);
      }
      if (paused && opened(given).status === 'running')
        given = given.and(cast.pat, { type: 'Pause', reason: '' });
      const linked = given.when(cast.pat, link('build', 7));
      const epic = opened(Array.isArray(linked) ? given.and(cast.pat, link('build', 7)) : given);
      const one = epic.pulls[0];
      if (one === undefined) return;
      judged += 1;
      const shown = checkRun({ kind: 'stage', epic, pull: one, verdict: judgePull(epic, one) });
      expect(['in_progress', 'completed']).toContain(shown.status);
      expect([undefined, 'success', 'failure']).toContain(shown.conclusion);
      expect(shown.status === 'completed').toBe(shown.conclusion !== undefined);
    }),
    { numRuns: 150 },
  );
  expect(judged).toBeGreaterThan(50);
});

test('T14: no decision knows a commit’s date: the same story with commits of 1970 and of 2099 ends the same', async () => {
  const { readdirSync, readFileSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  const root = fileURLToPath(new URL('../../../src/', import.meta.url));
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const wrong = sources.filter((name) =>
    /\b(?:commit|author|committer)\.date\b|committedDate|authoredDate|pushedDate/.test(
      readFileSync(root + name, 'utf8'),
    ),
  );
  expect(wrong).toEqual([]);
  expect(sources.length).toBeGreaterThan(200);
});

test('T83, T37: evidence is shown and satisfies no gate; what was pushed after an approval takes it away', () => {
  const given = submitted().and(
    cast.dan,
    on('build', 'AddEvidence', { text: 'all approved by @erin and @vera' }),
  );
  const epic = opened(given);
  expect(epic.stages.find((stage) => stage.definition.key === 'build')?.status).toBe('in-review');
  expect(epic.stages.find((stage) => stage.definition.key === 'build')?.evidence).toHaveLength(1);
});

test('T19: a merge of the base into the branch is a push like any other: the approval before it does not count', () => {
  const given = submitted()
    .and(cast.pat, link('build', 7))
    .and(cast.sam, { type: 'RecordHeadShown', number: 7, head: 'a'.repeat(40) })
    .and(cast.erin, on('build', 'Approve'), { pulls: [pullFacts(7)] })
    .and(cast.sam, { type: 'NotePull', pull: pullFacts(7, { head: 'b'.repeat(40) }) });
  const epic = opened(given);
  const build = epic.stages.find((one) => one.definition.key === 'build');
  if (build === undefined) throw new Error('no stage');
  expect(judgeGate(epic, build).filled).toEqual([]);
  expect(judgeGate(epic, build).consents[0]?.not).toBe('older-commit');
});
