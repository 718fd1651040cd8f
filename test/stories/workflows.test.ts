/** Every stock workflow from label to end, by whoever holds each role, on three kinds of server. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseWorkflow } from '../../src/core/workflow/parse.ts';
import { openPlay, type Play } from '../world/play.ts';

const holders: Readonly<Record<string, string>> = {
  PRODUCT_MANAGER: 'octo-pm',
  PRODUCT_DESIGNER: 'octo-designer',
  ENGINEER: 'octo-eng',
  SENIOR_ENGINEER: 'octo-senior',
  QA_ENGINEER: 'octo-qa',
  GROWTH_MANAGER: 'octo-growth',
  SUPPORT_LEAD: 'octo-support',
  SRE: 'octo-sre',
  ENGINEERING_MANAGER: 'octo-em',
  QA_LEAD: 'octo-qalead',
  VP_PRODUCT: 'octo-vpp',
  VP_MARKETING: 'octo-vpm',
  VP_ENGINEERING: 'octo-vpe',
};
const holder = (role: string): string => holders[role] ?? `nobody holds ${role}`;

const definitionOf = (name: string) => {
  const path = `workflows/${name}.yml`;
  const parsed = parseWorkflow(readFileSync(path, 'utf8'), path);
  if ('problems' in parsed) throw new Error(`${path} is broken.`);
  return parsed.definition;
};

/** Does every ready stage in turn; answers the sets of stages that were ready at once. */
const run = async (play: Play, name: string): Promise<readonly string[][]> => {
  const { stages } = definitionOf(name);
  const waves: string[][] = [];
  for (let left = stages.length; left > 0; ) {
    const ready = stages.filter((stage) => play.state(stage.key) === 'ready');
    expect(ready.length, `something is ready while ${left} stages of ${name} are left`).toBeGreaterThan(0);
    waves.push(ready.map((stage) => stage.key));
    for (const stage of ready) {
      const issue = play.stage(stage.key);
      expect((await play.says(holder(stage.role), issue, '/claim')).reactions).toEqual(['+1']);
      expect((await play.says(holder(stage.role), issue, '/submit')).reactions).toEqual(['+1']);
      for (const role of stage.gate?.approvers ?? []) {
        expect(play.state(stage.key)).toBe('in-review');
        expect(
          (await play.says(holder(role), issue, '/approve')).reactions,
          `${role} approves ${stage.key}`,
        ).toEqual(['+1']);
      }
      expect(play.state(stage.key)).toBe('done');
      left -= 1;
    }
  }
  return waves;
};

const names = ['feature', 'bug', 'launch', 'trading_strategy'];

test.each([
  ['github.com', {}],
  ['a server with REST alone', { graphql: false }],
  ['a server without sub-issues and dependencies', { graphql: false, subIssues: false, dependencies: false }],
])(
  'every stock workflow comes to its end on %s',
  async (_, features) => {
    const play = await openPlay({ features });
    try {
      for (const name of names) {
        const epic = await play.starts(name, `The ${name} epic`);
        const waves = await run(play, name);
        expect(epic.state, name).toBe('closed');
        expect(play.checklist().state).toBe('closed');
        if (name === 'launch') {
          expect(waves).toEqual([
            ['1_plan'],
            ['2_content', '3_feature_flag'],
            ['4_regression_test', '5_support_docs'],
            ['6_go_live'],
          ]);
        }
        if (!('subIssues' in features)) {
          expect(play.checklist().parentId).toBe(epic.id);
          for (const stage of definitionOf(name).stages) {
            const issue = play.stage(stage.key);
            expect(issue.parentId).toBe(play.checklist().id);
            expect(issue.blockedBy).toEqual(stage.dependsOn.map((key) => play.stage(key).id));
          }
        }
      }
      expect(play.github.violations).toEqual([]);
    } finally {
      await play.ends();
    }
  },
  90_000,
);
