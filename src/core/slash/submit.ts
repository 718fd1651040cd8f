/** `/submit`: the claimant says the stage is ready for its gate. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/submit`. */
export const submit: SlashCommand = {
  name: 'submit',
  aliases: [],
  usage: '/submit [stage] [note]',
  who: 'the claimant',
  summary: 'Says the work is ready: the gate opens, or the stage is done if it has none.',
  examples: ['/submit', '/submit see the last section first', '/submit 2_design'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'Submit', on: context.on, ...named, note: rest };
  },
};
