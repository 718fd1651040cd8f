/** How far an epic is, in words and as a bar of text. */
import { isSettled } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';

const width = 12;

/** `**3 of 6 stages done** ▰▰▰▰▰▰▱▱▱▱▱▱`; skipped stages count, and are named as skipped. */
export const progress = (epic: OpenedEpic): string => {
  const total = epic.stages.length;
  const settled = epic.stages.filter(isSettled).length;
  const skipped = epic.stages.filter((stage) => stage.status === 'skipped').length;
  const full = total === 0 ? 0 : Math.floor((settled / total) * width);
  const aside = skipped === 0 ? '' : ` (${skipped} skipped)`;
  return `**${settled} of ${total} ${total === 1 ? 'stage' : 'stages'} done**${aside} ${'▰'.repeat(full)}${'▱'.repeat(width - full)}`;
};
