/** How far an epic is, in words and as a bar of text. */
import { isSettled } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';

/** `**3 of 6 stages done** ▰▰▰▱▱▱` */
export const progress = (epic: OpenedEpic): string => {
  const total = epic.stages.length;
  const over = epic.stages.filter(isSettled).length;
  const width = Math.min(total, 20);
  const full = Math.round((over / total) * width);
  return `**${over} of ${total} stages done** ${'▰'.repeat(full)}${'▱'.repeat(width - full)}`;
};

/** `2026-11-21 14:05 UTC` */
export const moment = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
