/** `/clarify`: a question that keeps the gate open until it is answered. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/clarify`. */
export const clarify: SlashCommand = {
  name: 'clarify',
  aliases: [],
  usage: '/clarify [stage] <question>',
  who: 'an approver role of the gate',
  summary: 'Asks before deciding: the gate does not pass until the question is answered or withdrawn.',
  examples: ['/clarify who pays the refunds?', '/clarify 2_design who pays the refunds?'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'AskQuestion', kind: 'clarification', on: context.on, ...named, text: rest };
  },
};
