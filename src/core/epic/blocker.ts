/** Something that stops a stage, with a name of its own, so that one of several can be lifted (requirements SG-07, SG-08). */
import type { OpenedEpic, Statement } from './state.ts';

/** An open blocker: who raised it, when and why. */
export interface Blocker extends Statement {
  /** `b1`, `b2`, … in the order of the epic; never used again. */
  readonly id: string;
}

/** What the next blocker of the epic is called; streams from before blockers had names are counted the same way. */
export const nextBlocker = (epic: OpenedEpic): string => `b${(epic.blockersRaised ?? 0) + 1}`;
