/** What lists and the first page are told a stage in review waits for: whoever merges what is not passed goes past the gate. */
import { expect, test } from 'vitest';
import { summaryOf } from '../../src/engine/epic-row.ts';
import { cast, type Given, on, opened, stage, started, submitted, workflow } from '../core/epic/given.ts';
import { link } from '../core/epic/pulls.ts';

const { dan, erin, olga, pat, vera } = cast;

const waits = (given: Given, key = 'build'): object => {
  const found = summaryOf(opened(given)).stages.find((one) => one.key === key);
  return { missing: found?.missing, owed: found?.owed };
};

test('roles are missing until they have approved, and none once somebody overrode the gate', () => {
  const given = submitted().and(dan, link('build', 7));
  expect(waits(given)).toEqual({ missing: ['EM', 'VP'], owed: undefined });
  expect(waits(given.and(olga, on('build', 'Override')))).toEqual({ missing: [], owed: undefined });
});

test('a gate that only a concern, a question or a criterion keeps shut does not look as if it waited for a merge', () => {
  const concerned = submitted()
    .and(erin, on('build', 'Concern'))
    .and(erin, on('build', 'Approve'))
    .and(vera, on('build', 'Approve', { commentId: 2 }));
  expect(waits(concerned)).toEqual({ missing: [], owed: ['erin'] });
  const gate = { name: 'kickoff', approvers: ['EM'], criteria: ['tests are green'] };
  const open = started({ ...workflow, stages: [stage('define', { role: 'PM', gate })] })
    .and(pat, on('define', 'Claim'))
    .and(pat, on('define', 'Submit'))
    .and(erin, on('define', 'Approve'));
  expect(waits(open, 'define')).toEqual({ missing: [], owed: ['pat'] });
});
