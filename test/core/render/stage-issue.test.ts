/** A stage's own issue as people read it, and whom it calls (contract §2, threats T45). */
import { describe, expect, test } from 'vitest';
import type { OpenedEpic, Stage } from '../../../src/core/epic/state.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { mentionsIn } from './live-markdown.ts';
import { ana, boss, em, explainIn, pull, sampleEpic, sign, theStage, withStage } from './sample-epic.ts';

const statement = {
  by: boss,
  text: 'the *empty* state is missing, @octo-dan',
  at: '2026-11-22T08:00:00.000Z',
};
const shown = (epic: OpenedEpic, key = '2_design') =>
  stageIssue(epic, theStage(epic, key), explainIn(epic), sign);
const changed = (more: Partial<Stage>, key = '2_design') => shown(withStage(sampleEpic(), key, more), key);

describe('a stage issue', () => {
  test('in review: what is asked, who has approved, who must, and what to type', () => {
    expect(shown({ ...sampleEpic(), pulls: [] })).toMatchInlineSnapshot(`
      {
        "assignees": [
          "octo-ana",
        ],
        "body": "<!-- gatehouse v1 repository=42 epic=9001 round=1 object=stage%3A2_design sig=01ppqt80 -->

      **◉ in-review** since 2026-11-21 14:05 UTC · stage 2 of 3 of #1

      @acme/managers @octo-em: this stage waits for your approval.

      **Note of the claimant:** See the \\*last\\* page first

      ### Evidence

      - \`octo-ana\` on 2026-11-21 13:00 UTC: <https://example.com/mocks_v2>

      ### What is missing

      - ✅ What it depends on is done.
      - ✅ \`octo-ana\` has claimed it.
      - ✅ It is submitted.
      - ⏳ Gate \`design_review\` is open.
        - ✅ \`PRODUCT_MANAGER\`: approved by \`octo-pm\`.
        - ⏳ \`ENGINEERING_MANAGER\` has not approved. **Who:** \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`). **Next:** \`/approve\`, or approve the pull request.

      ### What to type

      \`/approve\` or \`/reject <reason>\` decides; on a linked pull request a review does the same. \`/why\` says what is missing, \`/help\` lists every command.

      ### Task

      - **Role:** \`PRODUCT_DESIGNER\` (\`octo-ana\`)
      - **Claimed by:** \`octo-ana\`
      - **To do:** create_mocks
      - **Output:** Design artifacts

      ### Deliverables

      - [ ] UI/UX mockups
      - [ ] User flows

      ### Depends on

      - \`1_define\` · done

      ### Gate \`design_review\`

      - ✅ \`PRODUCT_MANAGER\`: approved by \`octo-pm\` on 2026-11-21 15:00 UTC
      - ⏳ \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`)

      ### Notes

      > Start from the design system.
      > \\- keep it small
      >",
        "labels": [
          "gatehouse:stage",
          "stage:in-review",
          "role:PRODUCT_DESIGNER",
        ],
        "state": "open",
        "title": "2_design: create_mocks (Gift cards)",
      }
    `);
  });

  test('waiting: what it waits for', () => {
    expect(shown(sampleEpic(), '3_launch').body).toMatchInlineSnapshot(`
      "<!-- gatehouse v1 repository=42 epic=9001 round=1 object=stage%3A3_launch sig=00n8gep3 -->

      **○ waiting** since 2026-11-20 09:00 UTC · stage 3 of 3 of #1

      ### What to type

      Nothing yet: it can be claimed once what it depends on is done. \`/why\` says what is missing, \`/help\` lists every command.

      ### Task

      - **Role:** \`GROWTH_MANAGER\` (\`octo-dan\`)
      - **To do:** launch

      ### Depends on

      - \`2_design\` · not done yet

      ### Gate

      None: the stage is done when it is submitted."
    `);
  });

  test('rejected, blocked, overridden: people’s words are told, and call nobody', () => {
    const { body } = changed({
      status: 'in-progress',
      rejection: statement,
      blockers: [{ ...statement, id: 'b1' }],
      override: statement,
    });
    expect(body.split('### What is missing')[0]).toMatchInlineSnapshot(`
      "<!-- gatehouse v1 repository=42 epic=9001 round=1 object=stage%3A2_design sig=01ppqt80 -->

      **■ blocked** since 2026-11-22 08:00 UTC · stage 2 of 3 of #1

      > [!CAUTION]
      > Gate **OVERRIDDEN** by \`octo-boss\` on 2026-11-22 08:00 UTC: the \\*empty\\* state is missing, @​octo-dan

      > [!WARNING]
      > **Rejected** by \`octo-boss\` on 2026-11-22 08:00 UTC: the \\*empty\\* state is missing, @​octo-dan

      ### Blockers

      - ■ \`b1\` \`octo-boss\` on 2026-11-22 08:00 UTC: the \\*empty\\* state is missing, @​octo-dan

      **Note of the claimant:** See the \\*last\\* page first

      ### Evidence

      - \`octo-ana\` on 2026-11-21 13:00 UTC: <https://example.com/mocks_v2>

      "
    `);
  });

  test('its pull requests are listed, an unconfirmed one as such', () => {
    const { body } = shown({ ...sampleEpic(), pulls: [pull, { ...pull, number: 8, link: 'proposed' }] });
    expect(/### Pull requests\n\n[\s\S]*?\n\n/.exec(body)?.[0]).toMatchInlineSnapshot(`
      "### Pull requests

      - #7 · open · head \`4f2a91c\` · by \`octo-ana\`
      - #8 · open · link not confirmed yet · head \`4f2a91c\` · by \`octo-ana\`

      "
    `);
  });
});

describe('only those who must act now are called', () => {
  test.each([
    ['ready', { status: 'ready' }, ['@octo-ana']],
    ['in review, one approval missing', {}, ['@acme/managers', '@octo-em']],
    ['in progress', { status: 'in-progress' }, []],
    ['in progress after a rejection', { status: 'in-progress', rejection: statement }, ['@octo-ana']],
    ['waiting', { status: 'waiting' }, []],
    ['blocked', { blockers: [{ ...statement, id: 'b1' }] }, []],
    ['overridden', { override: statement }, []],
    ['done', { status: 'done' }, []],
    ['skipped', { status: 'skipped', skip: statement }, []],
  ] as const)('%s', (_state, more, mentions) => {
    expect(mentionsIn(changed(more).body)).toEqual(mentions);
  });

  test('nobody while the epic is paused', () => {
    expect(mentionsIn(shown({ ...sampleEpic(), status: 'paused', pause: statement }).body)).toEqual([]);
  });

  test('not the claimant, who may not approve their own work', () => {
    expect(mentionsIn(changed({ claimant: em }).body)).toEqual(['@acme/managers']);
  });

  test('ten at most, and no name that is none', () => {
    const epic = withStage(sampleEpic(), '2_design', { status: 'ready' });
    const names = [
      '<b>',
      '@acme/all closes #1',
      ...Array.from({ length: 14 }, (_, index) => `octo-${index}`),
    ];
    const roles = [{ role: 'PRODUCT_DESIGNER', names }];
    const { body } = shown({ ...epic, rules: { ...epic.rules, roles } });
    expect(mentionsIn(body)).toEqual(Array.from({ length: 10 }, (_, index) => `@octo-${index}`));
    expect(body).toContain('(and 4 more)');
  });
});

describe('what else GitHub shows', () => {
  test.each([
    [{ status: 'ready' }, 'stage:ready', 'open', undefined],
    [{ blockers: [{ ...statement, id: 'b1' }] }, 'stage:blocked', 'open', undefined],
    [{ status: 'done' }, 'stage:done', 'closed', 'completed'],
    [{ status: 'skipped', skip: statement }, 'stage:skipped', 'closed', 'not_planned'],
    [{ status: 'cancelled' }, 'stage:cancelled', 'closed', 'not_planned'],
  ] as const)('%j', (more, label, state, reason) => {
    const picture = changed(more);
    expect(picture.labels).toEqual(['gatehouse:stage', label, 'role:PRODUCT_DESIGNER']);
    expect([picture.state, picture.stateReason]).toEqual([state, reason]);
    expect(picture.assignees).toEqual([ana.login]);
  });
});
