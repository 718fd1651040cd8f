/** `/extend`: a claimant's sign of life. */
import { isRefusal } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage } from './stage-argument.ts';

/** The record of `/extend`. */
export const extend: SlashCommand = {
  name: 'extend',
  aliases: ['keep'],
  usage: '/extend [stage]',
  who: 'the claimant',
  summary: 'Says that you are still at it: the time after which a claim is given back begins anew.',
  examples: ['/extend', '/extend 2_design'],
  meaning: (argument, context) => {
    const named = onlyStage('extend', argument, context);
    return isRefusal(named) ? named : { type: 'Extend', on: context.on, ...named };
  },
};
