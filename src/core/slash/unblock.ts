/** `/unblock`: lifts a stage's blockers. */
import { isRefusal } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage } from './stage-argument.ts';

/** The record of `/unblock`. */
export const unblock: SlashCommand = {
  name: 'unblock',
  aliases: [],
  usage: '/unblock [stage]',
  who: "the stage's role, approvers",
  summary: "Lifts the stage's blockers.",
  examples: ['/unblock', '/unblock 2_design'],
  meaning: (argument, context) => {
    const named = onlyStage('unblock', argument, context);
    return isRefusal(named) ? named : { type: 'Unblock', on: context.on, ...named };
  },
};
