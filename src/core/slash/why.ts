/** `/why`: what a stage is waiting for. */
import { isRefusal } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage } from './stage-argument.ts';

/** The record of `/why`. */
export const why: SlashCommand = {
  name: 'why',
  aliases: [],
  usage: '/why [stage]',
  who: 'anyone who can comment',
  summary: 'Answers what is missing, who can give it and what to type.',
  examples: ['/why', '/why 2_design'],
  meaning: (argument, context) => {
    const named = onlyStage('why', argument, context);
    return isRefusal(named) ? named : { type: 'Ask', about: 'why', ...named };
  },
};
