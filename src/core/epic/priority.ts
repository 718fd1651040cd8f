/** How urgent an epic or one of its stages is (requirements SG-06, SG-18). */
import type { OpenedEpic, Stage, Statement } from './state.ts';

/** From most to least urgent. */
export const priorityLevels = ['critical', 'high', 'medium', 'low'] as const;

/** One of `priorityLevels`. */
export type PriorityLevel = (typeof priorityLevels)[number];

/** A level with who set it and why. */
export interface Priority extends Statement {
  readonly level: PriorityLevel;
}

/** The level of a stage: its own, else the epic's; undefined where nobody has set one. */
export const priorityOf = (epic: OpenedEpic, stage?: Stage): PriorityLevel | undefined =>
  (stage?.priority ?? epic.priority)?.level;
