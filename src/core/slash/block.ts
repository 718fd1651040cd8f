/** `/block`: raises a blocker. */
import { isRefusal } from '../epic/refusal.ts';
import { stageAndReason } from './reasoned.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/block`. */
export const block: SlashCommand = {
  name: 'block',
  aliases: [],
  usage: '/block [stage] <reason>',
  who: "the stage's role, approvers",
  summary: 'Raises a blocker: the stage stands still until it is lifted.',
  examples: ['/block waiting for the legal review', '/block 2_design waiting for the legal review'],
  meaning: (argument, context) => {
    const words = stageAndReason(argument, context, '/block waiting for the legal review');
    return isRefusal(words) ? words : { type: 'Block', ...words };
  },
};
