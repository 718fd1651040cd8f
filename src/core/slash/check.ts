/** `/check`: ticks a criterion of the gate. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/check`. */
export const check: SlashCommand = {
  name: 'check',
  aliases: [],
  usage: '/check [stage] <n or text> [evidence]',
  who: "the claimant, the stage's role",
  summary: "Ticks a criterion of the stage's gate.",
  examples: ['/check 2 https://example.com/report.pdf', '/check 2_design 1 tested with five people'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'Check', on: context.on, ...named, words: rest, commentId: context.commentId };
  },
};
