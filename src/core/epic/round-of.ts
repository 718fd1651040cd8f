/** The rounds of a stage: which one it is in, and those that are over (contract §3: rework is a new round). */
import type { PastRound, Pull, Stage } from './state.ts';

/** 1 until the stage is opened again for the first time. */
export const roundOf = (stage: Pick<Stage, 'round'> | Pick<Pull, 'round'>): number => stage.round ?? 1;

/** The rounds that are over, the first one first. */
export const pastRounds = (stage: Stage): readonly PastRound[] => stage.past ?? [];

/** Whether words were said before the present round began; GitHub tells whole seconds. */
export const isOfPastRound = ({ reopening }: Stage, saidAt: string | undefined): boolean =>
  reopening !== undefined && saidAt !== undefined && saidAt.slice(0, 19) < reopening.at.slice(0, 19);
