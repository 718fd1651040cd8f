/** `/reject`: sends a stage back to its claimant. */
import { isRefusal } from '../epic/refusal.ts';
import { stageAndReason } from './reasoned.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/reject`. */
export const reject: SlashCommand = {
  name: 'reject',
  aliases: [],
  usage: '/reject [stage] <reason>',
  who: 'an approver role of the gate',
  summary: 'Voids the approvals and sends the stage back to its claimant.',
  examples: ['/reject the empty state is missing', '/reject 2_design the empty state is missing'],
  meaning: (argument, context) => {
    const words = stageAndReason(argument, context, '/reject the empty state is missing');
    return isRefusal(words) ? words : { type: 'Reject', ...words };
  },
};
