/** Questions in comments: anybody is answered, in one comment each, and nothing is written down that was not there before. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queries } from '../../src/core/query/index.ts';
import { openPlay, type Play, type Said } from '../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
  await play.starts('feature');
  await play.says('octo-pm', play.stage('1_define'), '/claim');
  await play.says('octo-pm', play.stage('1_define'), '/evidence https://example.com/prd');
  await play.says('octo-pm', play.stage('1_define'), '/submit the PRD is ready');
});
afterAll(async () => {
  expect(play.github.violations).toEqual([]);
  await play.ends();
});

const answer = (said: Said): string => {
  expect(said.reactions).toEqual(['+1']);
  expect(said.replies).toHaveLength(1);
  // Times are the house's own; everything else is the same every day.
  return (said.replies[0] ?? '')
    .replace(/\n+<!-- gatehouse .* -->\s*$/, '')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '<when>')
    .replaceAll(/(?<![\w#])\d+[smh]\b(?: \d+[smh]\b)?/g, '<long>');
};

const asks = async (text: string, on = play.checklist(), login = 'stranger'): Promise<string> =>
  answer(await play.says(login, on, text));

const events = async (): Promise<unknown> => {
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    'select (select count(*) from events) as events, json_agg(epics order by id) as epics from epics',
  );
  await client.end();
  return rows;
};

describe('who is waited for and what to do', () => {
  test('/next, on the stage and for one further on', async () => {
    expect(await asks('/next', play.stage('1_define'))).toMatchInlineSnapshot(`
      "**\`1_define\`** is done after 1 step by 1 person:

      1. \`@acme/managers\` or \`octo-em\` (\`ENGINEERING_MANAGER\`): \`/approve 1_define\` on #3"
    `);
    expect(await asks('/next 2_design')).toMatchInlineSnapshot(`
      "**\`2_design\`** is done after 4 steps by 3 people:

      1. \`@acme/managers\` or \`octo-em\` (\`ENGINEERING_MANAGER\`): \`/approve 1_define\` on #3
      2. \`octo-designer\` (\`PRODUCT_DESIGNER\`): \`/claim 2_design\` on #4
      3. \`octo-designer\`: \`/submit 2_design\` on #4
      4. \`octo-pm\` (\`PRODUCT_MANAGER\`): \`/approve 2_design\` on #4"
    `);
  });

  test('/mine: the roles of whoever asks, teams too; a stranger is waited for by nobody', async () => {
    expect(await asks('/mine', play.checklist(), 'octo-em2')).toMatchInlineSnapshot(`
      "One thing waits for \`octo-em2\`, the oldest first:

      - #3 \`1_define\`: waits for your approval, for <long>. **Next:** \`/approve 1_define\`"
    `);
    expect(await asks('/mine', play.checklist(), 'octo-pm')).toMatchInlineSnapshot(
      `"Nothing waits for \`octo-pm\` in this repository."`,
    );
    expect(await asks('/mine')).toMatchInlineSnapshot(`"Nothing waits for \`stranger\` in this repository."`);
  });

  test('/gates and /blockers', async () => {
    expect(await asks('/gates')).toMatchInlineSnapshot(`
      "**0 of 5 gates passed**

      - ◉ \`design_kickoff\` of #3 \`1_define\`: open for <long>. **Who:** \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`). **Next:** \`/approve 1_define\`
      - ○ \`design_review\` of #4 \`2_design\`: not submitted yet; will need \`PRODUCT_MANAGER\`
      - ○ \`code_review\` of #5 \`3_implement\`: not submitted yet; will need \`ENGINEERING_MANAGER\`
      - ○ \`qa_signoff\` of #6 \`4_qa\`: not submitted yet; will need \`QA_LEAD\`
      - ○ \`production_release\` of #7 \`5_release_approval\`: not submitted yet; will need \`VP_PRODUCT\`, \`ENGINEERING_MANAGER\`"
    `);
    expect(await asks('/blockers', play.stage('1_define'))).toMatchInlineSnapshot(
      `"Nothing is blocked on \`1_define\`. \`/next\` says what is missing."`,
    );
  });
});

describe('what happened and how it hangs together', () => {
  test('/timeline, /evidence, /readiness', async () => {
    expect(await asks('/timeline 1_define')).toMatchInlineSnapshot(`
      "Opened <when>; running after <long>.

      | when | stage | step | after | by |
      | --- | --- | --- | --- | --- |
      | <when> | \`1_define\` | waiting → ready | <long> | \`gatehouse\` |
      | <when> | \`1_define\` | ready → in-progress | <long> | \`octo-pm\` |
      | <when> | \`1_define\` | in-progress → in-review | <long> | \`octo-pm\` |"
    `);
    expect(await asks('/evidence', play.stage('1_define'))).toMatchInlineSnapshot(`
      "**\`1_define\`** (in-review)

      - <https://example.com/prd> · \`octo-pm\`, <when>"
    `);
    expect(await asks('/readiness')).toMatchInlineSnapshot(`
      "**0 of 100** ▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱ 0 of 5 gates passed, each weighing the same.

      - open: \`design_kickoff (1_define)\`, \`design_review (2_design)\`, \`code_review (3_implement)\`, \`qa_signoff (4_qa)\`, \`production_release (5_release_approval)\`"
    `);
  });

  test('/plan and /graph', async () => {
    expect(await asks('/plan')).toMatchInlineSnapshot(`
      "- **Wave 1** ← now
        - \`1_define\` ◉ in-review · \`PRODUCT_MANAGER\` · \`octo-pm\`
      - **Wave 2**
        - \`2_design\` ○ waiting · \`PRODUCT_DESIGNER\`
      - **Wave 3**
        - \`3_implement\` ○ waiting · \`ENGINEER\`
      - **Wave 4**
        - \`4_qa\` ○ waiting · \`QA_ENGINEER\`
      - **Wave 5**
        - \`5_release_approval\` ○ waiting · \`PRODUCT_MANAGER\`
      - **Wave 6**
        - \`6_launch\` ○ waiting · \`GROWTH_MANAGER\`

      Longest chain still to be done: \`1_define\` → \`2_design\` → \`3_implement\` → \`4_qa\` → \`5_release_approval\` → \`6_launch\`"
    `);
    expect(await asks('/graph')).toMatch(/^```mermaid\nflowchart LR\n[\s\S]*\n```$/);
  });
});

test('every query by its long name, and the list without one; what is not known is refused with the nearest', async () => {
  const before = await events();
  const list = await asks('/query');
  for (const { name } of queries) expect(list).toContain(`\`${name}\``);
  const all = await play.says(
    'stranger',
    play.checklist(),
    queries
      .map(({ name }) => `/query ${name}`)
      .slice(0, 20)
      .join('\n'),
  );
  expect([all.reactions, all.replies.length]).toEqual([['+1'], 1]);
  expect(all.replies[0]?.match(/^`\/query`/gm)?.length).toBeGreaterThan(15);
  const wrong = await play.says('stranger', play.checklist(), '/query getTimelime');
  expect(wrong.reactions).toEqual(['confused']);
  expect(wrong.replies).toEqual([expect.stringContaining('`/query getTimeline`')]);
  expect(await events()).toEqual(before);
});

test('the same comment delivered again is answered once', async () => {
  const said = await play.says('stranger', play.checklist(), '/plan');
  expect(said.replies).toHaveLength(1);
  const before = play.comments(play.checklist()).length;
  const last = play.github.deliveries.findLast((one) => JSON.stringify(one.payload).includes('"/plan"'));
  expect(last).toBeDefined();
  if (last !== undefined) play.github.redeliver(last.id);
  await play.settles();
  expect(play.comments(play.checklist())).toHaveLength(before);
});

test('TO-08: an approval’s wait is in the figures the moment it is given, and not before', async () => {
  const waits = async (): Promise<string | undefined> => {
    const figures = await (await fetch(`${play.house.url}/metrics`)).text();
    return /^gatehouse_gate_wait_seconds_count\{how="passed"\} (\d+)$/m.exec(figures)?.[1];
  };
  expect(await waits()).toBeUndefined();
  await play.says('octo-em', play.stage('1_define'), '/approve');
  expect(await waits()).toBe('1');
  await play.says('octo-designer', play.stage('2_design'), '/claim');
  expect(await waits()).toBe('1');
});
