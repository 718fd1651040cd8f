/** The clocks of a stage, all stopped and all let go together. */
import { type Clock, goOn, startClock, stopClock } from './clock.ts';
import { isFinal } from './stage.ts';
import type { Stage } from './state.ts';

/** What is over has no clock that matters. */
const every = (stage: Stage, change: (clock: Clock) => Clock): Stage =>
  isFinal(stage)
    ? stage
    : {
        ...stage,
        clock: change(stage.clock),
        ...(stage.life !== undefined && { life: change(stage.life) }),
        ...(stage.claimClock !== undefined && { claimClock: change(stage.claimClock) }),
      };

/** The epic was paused or the stage blocked. */
export const standStill = (stage: Stage, at: string): Stage => every(stage, (clock) => stopClock(clock, at));

/** Neither holds any more. */
export const runOn = (stage: Stage, at: string): Stage => every(stage, (clock) => goOn(clock, at));

/** A sign of life of whoever has claimed the stage: the expiry of the claim counts from here. */
export const signOfLife = (stage: Stage, at: string): Stage => ({
  ...stage,
  claimClock: startClock(at, stage.blockers.length > 0),
  rung: stage.rung.filter((kind) => kind !== 'nudge' && kind !== 'expire'),
});
