/** What follows by itself from what just happened: stages become ready, gates pass or reopen, stages and the epic are done. */
import type { Facts } from './commands.ts';
import type { EpicEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { judgeGate } from './gate.ts';
import { heldBy } from './hold.ts';
import { gatehouse } from './person.ts';
import { openQuestions } from './question.ts';
import { isFinal, isSettled, judgedPulls, mayReject, openDependencies, openPulls } from './stage.ts';
import type { Epic, OpenedEpic, Review, Stage } from './state.ts';
import { actedFor } from './substitution.ts';
import { vetoes } from './veto.ts';

type Told = Pick<EpicEvent, 'at' | 'by'>;

/** A change request from before the submission, on the commit that was submitted, by somebody the gate asks (contract §4). */
const standingRejection = (epic: OpenedEpic, stage: Stage): Review | undefined =>
  judgedPulls(epic, stage.definition.key)
    .flatMap((pull) => pull.reviews.filter((review) => review.commit === pull.head))
    .find(
      (review) =>
        review.verdict === 'changes-requested' &&
        !review.voided &&
        mayReject(stage).some((role) => review.roles.includes(role)),
    );

const whyAgain = (epic: OpenedEpic, stage: Stage): string => {
  if (stage.overtaken !== undefined) return stage.overtaken;
  const missing = stage.timedOut === undefined && judgeGate(epic, stage).missing.length > 0;
  if (missing) return 'an approval no longer counts';
  return openQuestions(stage).length > 0 ? 'somebody asked a question' : 'a criterion or a concern is open';
};

const followsInReview = (epic: OpenedEpic, stage: Stage, told: Told): EpicEvent | undefined => {
  const key = stage.definition.key;
  const standing = standingRejection(epic, stage);
  if (standing !== undefined) {
    const reason = standing.text.trim() === '' ? 'changes were requested on this commit' : standing.text;
    const [veto] = vetoes(epic, stage, { ...standing, text: reason, at: told.at });
    const of = actedFor(standing, mayReject(stage));
    const instead = of === undefined ? {} : { instead: of };
    return veto ?? { type: 'StageRejected', stage: key, reason, at: told.at, by: standing.by, ...instead };
  }
  const { passed } = judgeGate(epic, stage);
  // Overtaken, and passed by approvals before anybody could see it open: what it was overtaken by is no reason any more.
  const anew = !stage.gatePassed || stage.overtaken !== undefined;
  if (passed && anew && stage.definition.gate !== undefined) {
    return { type: 'GatePassed', stage: key, ...told };
  }
  if (!passed && stage.gatePassed) {
    const since = stage.overtaken !== undefined && { overtaken: true as const };
    return { type: 'GateReopened', stage: key, reason: whyAgain(epic, stage), anew: true, ...since, ...told };
  }
  const done = passed && stage.blockers.length === 0 && openPulls(epic, key).length === 0;
  return done ? { type: 'StageDone', stage: key, ...told } : undefined;
};

const followsFor = (epic: OpenedEpic, stage: Stage, told: Told): EpicEvent | undefined => {
  if (stage.status === 'in-review') return followsInReview(epic, stage, told);
  const free = stage.status === 'waiting' && openDependencies(epic, stage).length === 0;
  return free ? { type: 'StageReady', stage: stage.definition.key, ...told } : undefined;
};

const next = (epic: OpenedEpic, told: Told): EpicEvent | undefined => {
  for (const stage of epic.stages.filter((one) => !isFinal(one) && heldBy(epic, one) === undefined)) {
    const event = followsFor(epic, stage, told);
    if (event !== undefined) return event;
  }
  return epic.stages.every(isSettled) ? { type: 'EpicDone', ...told } : undefined;
};

/** Everything that follows from the epic as it is, in order; nothing while it is paused or once it has ended. */
export const settle = (epic: Epic, facts: Pick<Facts, 'at'>): readonly EpicEvent[] => {
  const events: EpicEvent[] = [];
  let now = epic;
  while (now.status === 'running') {
    const event = next(now, { at: facts.at, by: gatehouse });
    if (event === undefined) break;
    events.push(event);
    now = evolve(now, event);
  }
  return events;
};
