/** What the `gatehouse` check says about one pull request of an epic: contract §5's table. */

import { isExcused } from './excused.ts';
import { explainStage } from './explain.ts';
import { type Explanation, plain } from './explanation.ts';
import { code, nameOf, whoHoldAny } from './say-who.ts';
import { findStage } from './stage.ts';
import type { OpenedEpic, Pull, Stage } from './state.ts';

/** The check's state and its reasons. `failure` only where somebody has said no; waiting is never red. */
export interface PullVerdict {
  readonly state: 'success' | 'failure' | 'in_progress';
  readonly explanation: Explanation;
  readonly stage?: Stage;
}

const afterTheGate = (stage: Stage): Explanation =>
  plain(
    false,
    `${code(stage.definition.key)} was done before this pull request was open: its gate has not seen it.`,
    {
      next: 'close it, or link it to a stage that is still open with `/link #<issue>`',
    },
  );

const afterTheSkip = (stage: Stage): Explanation =>
  plain(
    false,
    `${code(stage.definition.key)} was skipped before this was in the pull request: nobody has let it pass.`,
    {
      next: `${code(`/retry ${stage.definition.key} <why>`)}, or link it to a stage that is still open with \`/link #<issue>\``,
    },
  );

/** A gate one brings oneself is no gate (threats T34). */
const unvouched = ({ definition }: Stage): Explanation =>
  plain(false, `${code(definition.key)} is not in the workflow's file: no pull request passes by it.`, {
    next: 'link it to a stage of the file with `/link #<issue>`',
  });

/** Its round is over, or its stage was taken out of the definition. */
const stageless = (pull: Pull): Explanation =>
  plain(false, `This epic has no stage ${code(pull.stage)} any more.`, {
    who: 'anyone with write access to this repository',
    next: 'close it, or link it to a stage there is with `/link #<issue>`',
  });

const proposed = (stage: Stage, pull: Pull): Explanation =>
  plain(
    false,
    `The link to ${code(pull.stage)} was made by somebody without write access and is not confirmed.`,
    {
      who: 'anyone with write access to this repository',
      next: code(`/link #${stage.issue?.number ?? '<issue>'}`),
    },
  );

/** Judges one pull request. Never neutral, never skipped: GitHub counts those as passing (threats T61). */
export const judgePull = (epic: OpenedEpic, pull: Pull): PullVerdict => {
  const stage = findStage(epic, pull.stage);
  if (epic.cancellation !== undefined) {
    return {
      state: 'failure',
      explanation: plain(false, `The epic was cancelled by ${nameOf(epic.cancellation.by)}.`),
      ...(stage === undefined ? {} : { stage }),
    };
  }
  if (epic.stop !== undefined) {
    const says = `EMERGENCY STOP by ${nameOf(epic.stop.by)}: nothing of this epic passes until it is lifted.`;
    const who = whoHoldAny(epic.rules, epic.rules.policy.overrideRoles);
    const explanation = plain(false, says, { who, next: code('/resume') });
    return { state: 'failure', explanation, ...(stage === undefined ? {} : { stage }) };
  }
  if (stage === undefined) return { state: 'in_progress', explanation: stageless(pull) };
  if (pull.link === 'proposed') return { state: 'in_progress', explanation: proposed(stage, pull), stage };
  if (pull.state === 'open' && stage.skip !== undefined && !isExcused(epic, pull))
    return { state: 'in_progress', explanation: afterTheSkip(stage), stage };
  if (stage.unvouched === true) return { state: 'in_progress', explanation: unvouched(stage), stage };
  const explanation = explainStage(epic, stage, true);
  if (stage.status === 'done' && pull.state === 'open') {
    return { state: 'in_progress', explanation: afterTheGate(stage), stage };
  }
  if (stage.rejection !== undefined && stage.skip === undefined)
    return { state: 'failure', explanation, stage };
  return { state: explanation.holds ? 'success' : 'in_progress', explanation, stage };
};
