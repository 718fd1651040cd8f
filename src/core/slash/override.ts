/** `/override`: passes a gate without its approvals, marked as such. */
import { isRefusal } from '../epic/refusal.ts';
import { gateAsStage } from './gate-argument.ts';
import { stageAndReason } from './reasoned.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/override`. */
export const override: SlashCommand = {
  name: 'override',
  aliases: [],
  usage: '/override [stage or gate] <reason>',
  who: 'override roles',
  summary:
    'Passes the gate without its approvals, for what there is to see now: a later push opens it again. It is marked as overridden everywhere.',
  examples: ['/override the approver is away and this is urgent', '/override 2_design the approver is away'],
  meaning: (argument, context) => {
    const words = stageAndReason(
      gateAsStage(argument, context),
      context,
      '/override the approver is away and this is urgent',
    );
    return isRefusal(words) ? words : { type: 'Override', ...words };
  },
};
