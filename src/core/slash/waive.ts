/** `/waive`: lets a criterion of the gate go, with a reason. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/waive`. */
export const waive: SlashCommand = {
  name: 'waive',
  aliases: [],
  usage: '/waive [stage] <n or text> <reason>',
  who: "override roles, the gate's waivers",
  summary: 'Lets a criterion go; who did and why stays on the stage.',
  examples: ['/waive 2 there is no staging yet', '/waive 2_design 1 nothing to test here'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'Waive', on: context.on, ...named, words: rest, commentId: context.commentId };
  },
};
