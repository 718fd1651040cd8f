/** `/next-batch`: takes a finished epic through its workflow again. */
import type { SlashCommand } from './slash-command.ts';

/** The record of `/next-batch`. */
export const nextBatch: SlashCommand = {
  name: 'next-batch',
  aliases: ['next-iteration'],
  usage: '/next-batch [reason]',
  who: "override roles, the epic's author",
  summary: 'Starts the whole workflow again on a finished epic, as its file says now.',
  examples: ['/next-batch', '/next-batch the second half of the features'],
  meaning: (argument) => ({ type: 'BeginNextBatch', reason: argument }),
};
