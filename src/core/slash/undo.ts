/** `/undo`: takes the last thing back. */
import { isRefusal } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage } from './stage-argument.ts';

/** The record of `/undo`. */
export const undo: SlashCommand = {
  name: 'undo',
  aliases: [],
  usage: '/undo [stage]',
  who: 'whoever did it, override roles',
  summary:
    'Takes back the last block, pause, priority, skip, override or rejection, within an hour and while nothing was built on it.',
  examples: ['/undo', '/undo 2_design'],
  meaning: (argument, context) => {
    const named = onlyStage('undo', argument, context);
    return isRefusal(named) ? named : { type: 'Undo', on: context.on, ...named };
  },
};
