/** The clocks of a stage: they run while it can move, and stand still together while it cannot. */
import { type Clock, goOn, startClock, stopClock } from './clock.ts';
import { heldBy } from './hold.ts';
import { openQuestions } from './question.ts';
import { isFinal } from './stage.ts';
import type { OpenedEpic, Stage, StageStatus } from './state.ts';

type Change = (clock: Clock, at: string) => Clock;

const changed = (stage: Stage, at: string, of: { readonly gate: Change; readonly rest: Change }): Stage => {
  const clock = of.gate(stage.clock, at);
  const life = stage.life && of.rest(stage.life, at);
  const claimClock = stage.claimClock && of.rest(stage.claimClock, at);
  const same = clock === stage.clock && life === stage.life && claimClock === stage.claimClock;
  if (same) return stage;
  return { ...stage, clock, ...(life && { life }), ...(claimClock && { claimClock }) };
};

const stageInStep = (epic: OpenedEpic, stage: Stage, at: string): Stage => {
  if (isFinal(stage)) return stage;
  const still = epic.status === 'paused' || stage.blockers.length > 0 || heldBy(epic, stage) !== undefined;
  const rest = still ? stopClock : goOn;
  // While a question is open it is not the approvers who keep others waiting.
  return changed(stage, at, { gate: openQuestions(stage).length > 0 ? stopClock : rest, rest });
};

/** Every clock of the epic as its state wants it; the same epic where every clock is so already. What is over has no clock that matters. */
export const inStep = (epic: OpenedEpic, at: string): OpenedEpic => {
  const stages = epic.stages.map((stage) => stageInStep(epic, stage, at));
  return stages.every((stage, index) => stage === epic.stages[index]) ? epic : { ...epic, stages };
};

/** The stage in another status from a moment on; what rang in the old one may ring again. */
export const enter = (stage: Stage, status: StageStatus, at: string): Stage => ({
  ...stage,
  status,
  since: at,
  clock: startClock(at, stage.blockers.length > 0),
  rung: stage.rung.filter((kind) => kind === 'due'),
});

/** A sign of life of whoever has claimed the stage: the expiry of the claim counts from here. */
export const signOfLife = (stage: Stage, at: string): Stage => ({
  ...stage,
  claimClock: startClock(at, stage.blockers.length > 0),
  rung: stage.rung.filter((kind) => kind !== 'nudge' && kind !== 'expire'),
});
