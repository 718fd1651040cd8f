/** The clocks of a stage: they run while it can move, and stand still together while it cannot. */
import { type Clock, goOn, startClock, stopClock } from './clock.ts';
import { isFinal } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

type Change = (clock: Clock, at: string) => Clock;

const changed = (stage: Stage, at: string, of: { readonly gate: Change; readonly rest: Change }): Stage => ({
  ...stage,
  clock: of.gate(stage.clock, at),
  ...(stage.life !== undefined && { life: of.rest(stage.life, at) }),
  ...(stage.claimClock !== undefined && { claimClock: of.rest(stage.claimClock, at) }),
});

const stageInStep = (epic: OpenedEpic, stage: Stage, at: string): Stage => {
  if (isFinal(stage)) return stage;
  const still = epic.status === 'paused' || stage.blockers.length > 0;
  const rest = still ? stopClock : goOn;
  return changed(stage, at, { gate: rest, rest });
};

/** Every clock of the epic as its state wants it: what is over has no clock that matters, what stands already stays as it is. */
export const inStep = (epic: OpenedEpic, at: string): OpenedEpic => ({
  ...epic,
  stages: epic.stages.map((stage) => stageInStep(epic, stage, at)),
});

/** A sign of life of whoever has claimed the stage: the expiry of the claim counts from here. */
export const signOfLife = (stage: Stage, at: string): Stage => ({
  ...stage,
  claimClock: startClock(at, stage.blockers.length > 0),
  rung: stage.rung.filter((kind) => kind !== 'nudge' && kind !== 'expire'),
});
