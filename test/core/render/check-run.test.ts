/** What the check says on a pull request, for every row of contract §5's table. */
import { describe, expect, test } from 'vitest';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import type { OpenedEpic, Pull, Stage } from '../../../src/core/epic/state.ts';
import type { IssueNumber } from '../../../src/core/epic/subject.ts';
import { type CheckPicture, checkRun, combine } from '../../../src/core/render/check-run.ts';
import { boss, em, pull, sampleEpic, withStage } from './sample-epic.ts';

const statement = { by: boss, text: 'out of *budget*', at: '2026-11-22T08:00:00.000Z' };
const of = (epic: OpenedEpic, as: Partial<Pull> = {}): CheckPicture => {
  const ours = { ...pull, ...as };
  const linked = { ...epic, pulls: [ours] };
  return checkRun({ kind: 'stage', epic: linked, pull: ours, verdict: judgePull(linked, ours) });
};
const when = (more: Partial<Stage>): CheckPicture => of(withStage(sampleEpic(), '2_design', more));
/** With its pull request, as it was then. */
const skipped = of(withStage(sampleEpic(), '2_design', { status: 'skipped', skip: statement }), {
  excused: pull.head,
});
const verdict = ({ status, conclusion }: CheckPicture): string => conclusion ?? status;

const covered = (by: typeof em, roles: readonly string[], commentId: number) => ({
  by,
  roles,
  commentId,
  commits: { 7: pull.head },
  note: '',
  at: '2026-11-21T15:00:00.000Z',
});
const approvals = [covered(em, ['ENGINEERING_MANAGER'], 1), covered(boss, ['PRODUCT_MANAGER'], 2)];

describe('the check of one pull request', () => {
  test('no workflow applies: it passes, or blocks where the repository wants that', () => {
    expect(checkRun({ kind: 'none', block: false })).toMatchInlineSnapshot(`
      {
        "conclusion": "success",
        "status": "completed",
        "summary": "no workflow applies: this pull request belongs to no stage, so nothing is asked of it. If it does, its description says \`Stage: #12\`, or somebody types \`/link #12\`: the number of the stage issue.",
        "text": "",
        "title": "no workflow applies",
      }
    `);
    expect(verdict(checkRun({ kind: 'none', block: true }))).toBe('failure');
  });

  test('the gate is open: what is missing, who can give it, what to type', () => {
    expect(when({})).toMatchInlineSnapshot(`
      {
        "status": "in_progress",
        "summary": "- ⏳ \`PRODUCT_MANAGER\` has not approved. **Who:** \`PRODUCT_MANAGER\` (\`octo-pm\`). **Next:** \`/approve\`, or approve the pull request.
      - ⏳ \`ENGINEERING_MANAGER\` has not approved. **Who:** \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`). **Next:** \`/approve\`, or approve the pull request.

      Stage issue: #4",
        "text": "- ✅ What it depends on is done.
      - ✅ \`octo-ana\` has claimed it.
      - ✅ It is submitted.
      - ⏳ Gate \`design_review\` is open.
        - ⏳ \`PRODUCT_MANAGER\` has not approved. **Who:** \`PRODUCT_MANAGER\` (\`octo-pm\`). **Next:** \`/approve\`, or approve the pull request.
        - ⏳ \`ENGINEERING_MANAGER\` has not approved. **Who:** \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`). **Next:** \`/approve\`, or approve the pull request.
        - ✅ The approval of \`octo-pm\` does not count: it does not cover every pull request of the stage.",
        "title": "2_design: PRODUCT_MANAGER has not approved.",
      }
    `);
  });

  test.each([
    ['not claimed', when({ status: 'ready' }), 'in_progress'],
    [
      'a dependency not done',
      of(
        withStage(withStage(sampleEpic(), '1_define', { status: 'ready' }), '2_design', {
          status: 'waiting',
        }),
      ),
      'in_progress',
    ],
    ['not submitted', when({ status: 'in-progress' }), 'in_progress'],
    ['blocked', when({ blockers: [{ ...statement, id: 'b1' }] }), 'in_progress'],
    ['paused', of({ ...sampleEpic(), status: 'paused', pause: statement }), 'in_progress'],
    ['link not confirmed', of(sampleEpic(), { link: 'proposed' }), 'in_progress'],
    [
      'link proposed, seen from outside',
      checkRun({ kind: 'proposed', issue: 4 as IssueNumber }),
      'in_progress',
    ],
    ['rejected', when({ status: 'in-progress', rejection: statement }), 'failure'],
    ['epic cancelled', of({ ...sampleEpic(), status: 'cancelled', cancellation: statement }), 'failure'],
    ['gate passed', when({ approvals }), 'success'],
    ['overridden', when({ override: statement }), 'success'],
    ['skipped', skipped, 'success'],
    ['skipped before it was there', when({ status: 'skipped', skip: statement }), 'in_progress'],
  ])('%s', (_row, picture, expected) => {
    expect(verdict(picture)).toBe(expected);
    expect(picture.title.length).toBeLessThanOrEqual(120);
    expect(picture.summary).not.toBe('');
    if (expected === 'in_progress') expect(picture.summary).toMatch(/\*\*(?:Who|Next):\*\*/);
  });

  test('the titles alone tell the story', () => {
    const titles = [
      when({ status: 'ready' }),
      when({ status: 'in-progress', rejection: statement }),
      of({ ...sampleEpic(), status: 'cancelled', cancellation: statement }),
      when({ approvals }),
      when({ override: statement }),
      skipped,
    ].map(({ title }) => title);
    expect(titles).toMatchInlineSnapshot(`
      [
        "2_design: It is not submitted.",
        "2_design: rejected by octo-boss",
        "The epic was cancelled by octo-boss.",
        "2_design: nothing is missing",
        "2_design: gate OVERRIDDEN by octo-boss",
        "2_design: SKIPPED by octo-boss",
      ]
    `);
  });

  test('who overrode, skipped, rejected or cancelled, when and why, stands in the summary', () => {
    for (const [picture, word] of [
      [when({ override: statement }), 'OVERRIDDEN'],
      [skipped, 'SKIPPED'],
      [when({ status: 'in-progress', rejection: statement }), 'Rejected'],
      [of({ ...sampleEpic(), status: 'cancelled', cancellation: statement }), 'Cancelled'],
    ] as const) {
      expect(picture.summary).toMatch(
        new RegExp(`\\*\\*${word}\\*\\* by \`octo-boss\` on 2026-11-22 08:00 UTC: out of`),
      );
    }
  });
});

describe('several checks on one commit', () => {
  const [passing, waiting, failing] = [
    when({ approvals }),
    when({}),
    when({ status: 'in-progress', rejection: statement }),
  ];
  test('the worst wins, in any order, and the others are told', () => {
    expect(verdict(combine([passing, waiting]))).toBe('in_progress');
    expect(verdict(combine([waiting, failing, passing]))).toBe('failure');
    expect(verdict(combine([passing, passing]))).toBe('success');
    expect(combine([waiting, failing, passing]).summary).toContain(`- ${waiting.title}\n- ${passing.title}`);
    expect(combine([waiting])).toEqual(waiting);
  });
  test('a group of which nothing is known never passes', () => {
    expect(verdict(combine([]))).toBe('in_progress');
  });
});
