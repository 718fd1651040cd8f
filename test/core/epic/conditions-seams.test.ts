/** Where conditional approvals meet the order of stages and vetoes: nobody waits for each other, and nothing counts before its condition holds. */
import { describe, expect, test } from 'vitest';
import { cast, type Given, on, stage, started, submitted, workflow } from './given.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, olga, vera } = cast;
const when = (key: string) => ({ condition: { kind: 'stage', stage: key } });

describe('an approval cannot wait for', () => {
  test('a stage that waits for the one it approves: neither would ever be done', () => {
    expect(submitted().when(erin, on('build', 'Approve', when('tell')))).toBe('unknown-condition');
  });
  test('one that was left out: it would count as conditional for ever', () => {
    const given = started({
      ...workflow,
      stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'] } }), stage('other')],
    })
      .and(dan, on('ship', 'Claim'))
      .and(dan, on('ship', 'Submit'));
    expect(given.when(erin, on('ship', 'Approve', when('other')))).toEqual(['ApprovalGiven']);
    const left = given.and(olga, on('other', 'Skip'));
    expect(left.when(erin, on('ship', 'Approve', when('other')))).toBe('unknown-condition');
  });
});

describe('a veto', () => {
  const vetoed: Given = started({
    ...workflow,
    stages: [
      stage('ship', {
        gate: {
          name: 'go',
          approvers: ['EM', 'VP'],
          require: { any: ['EM', 'VP'] },
          veto: ['VP'],
        },
      }),
      stage('other'),
      stage('last', { dependsOn: ['ship'] }),
    ],
  })
    .and(dan, on('ship', 'Claim'))
    .and(dan, on('ship', 'Submit'))
    .and(vera, on('ship', 'Reject'))
    .and(dan, on('ship', 'Submit'))
    .and(erin, on('ship', 'Approve'));
  const conditional = vetoed.and(vera, on('ship', 'Approve', when('other')));

  test('is not lifted by an approval whose condition does not hold yet', () => {
    expect(stageIn(conditional, 'ship').status).toBe('in-review');
  });
  test('is lifted once it holds', () => {
    const done = conditional.and(dan, on('other', 'Claim')).and(dan, on('other', 'Submit'));
    expect(stageIn(done, 'ship').status).toBe('done');
  });
});
