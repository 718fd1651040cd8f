/** Gates that several people could pass: what is shown, who is called and what the check says must be as true as what is judged. */
import { describe, expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import { waitingOn } from '../../../src/core/query/waiting-on.ts';
import { due } from '../../../src/core/render/due.ts';
import { explanationText } from '../../../src/core/render/explanation-text.ts';
import { waitingFor } from '../../../src/core/render/waiting-for.ts';
import type { Requirement } from '../../../src/core/workflow/approval.ts';
import { cast, facts, type Given, on, opened, stage, started, workflow } from './given.ts';
import { link, review } from './pulls.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, vera } = cast;

const inReview = (require: Requirement, criteria: readonly string[] = []): Given =>
  started({
    ...workflow,
    stages: [stage('ship', { gate: { name: 'go', approvers: ['EM', 'VP'], require, criteria } })],
  })
    .and(dan, on('ship', 'Claim'))
    .and(dan, on('ship', 'Submit'));
const why = (given: Given): string => explanationText(explainStage(opened(given), stageIn(given, 'ship')));
const checkOf = (given: Given): string | undefined => {
  const epic = opened(given);
  const [pull] = epic.pulls;
  return pull === undefined ? undefined : judgePull(epic, pull).state;
};

describe('any one of two', () => {
  const either = inReview({ any: ['EM', 'VP'] });

  test('approved, its pull request may be merged: the check does not wait for the other for ever', () => {
    const approved = inReview({ any: ['EM', 'VP'] })
      .and(dan, link('ship', 7))
      .and(erin, review(erin, 7, 'approved'));
    expect(stageIn(approved, 'ship').gatePassed).toBe(true);
    expect(checkOf(approved)).toBe('success');
    expect(why(approved)).not.toContain('VP');
  });

  test('both are called, and neither is said to be needed beside the other', () => {
    expect(due(opened(either), stageIn(either, 'ship')).mentions).toEqual(['@erin', '@vera']);
    expect(why(either)).toContain('One of these is still missing: `EM`, or `VP`.');
    expect(waitingFor(opened(either))).toBe('Waiting for `EM` (`erin`), or `VP` (`vera`) to approve `ship`.');
  });

  test('each of them is told that it waits for them', () => {
    for (const { id, login } of [erin, vera]) {
      const who = { id, login, roles: id === erin.id ? ['EM'] : ['VP'] };
      expect(waitingOn({ id: '1', epic: opened(either) }, who, '2026-02-06T09:00:00.000Z')).toMatchObject([
        { duty: 'approve' },
      ]);
    }
  });

  test('one who comes second is not told that somebody else approved in their role', () => {
    const open = inReview({ any: ['EM', 'VP'] }, ['it is tested']).and(erin, on('ship', 'Approve'));
    const command = { ...on('ship', 'Approve'), ...facts(vera) };
    expect(decide(open.epic, command as EpicCommand).refusal).toMatchObject({
      refused: 'approved-already',
      why: 'The gate has every approval it needs already.',
    });
  });
});

test('once one of two ways is begun only what is left of it is asked for', () => {
  const begun = inReview({ any: [{ all: ['EM', 'VP'] }, { all: ['VP', 'OVERRIDER', 'EM'] }] }).and(
    erin,
    on('ship', 'Approve'),
  );
  expect(why(begun)).toContain('`VP` has not approved.');
  expect(why(begun)).toContain('`EM`: approved by `erin`.');
});
