/** `/claim`: takes a ready stage. */
import { isRefusal } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage } from './stage-argument.ts';

/** The record of `/claim`. */
export const claim: SlashCommand = {
  name: 'claim',
  aliases: [],
  usage: '/claim [stage]',
  who: "the stage's role",
  summary: 'Takes a ready stage: you become its claimant and assignee.',
  examples: ['/claim', '/claim 2_design'],
  meaning: (argument, context) => {
    const named = onlyStage('claim', argument, context);
    return isRefusal(named) ? named : { type: 'Claim', on: context.on, ...named };
  },
};
