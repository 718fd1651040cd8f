/** `/request-evidence`: asks to see something before the gate passes. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/request-evidence`. */
export const requestEvidence: SlashCommand = {
  name: 'request-evidence',
  aliases: [],
  usage: '/request-evidence [stage] <what>',
  who: 'an approver role of the gate',
  summary: 'Asks to see more: the gate does not pass until /evidence answers it or it is withdrawn.',
  examples: ['/request-evidence the load test of last week'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'AskQuestion', kind: 'evidence', on: context.on, ...named, text: rest };
  },
};
