/** `/help`: the commands. */
import type { SlashCommand } from './slash-command.ts';

/** The record of `/help`. */
export const help: SlashCommand = {
  name: 'help',
  aliases: [],
  usage: '/help',
  who: 'anyone who can comment',
  summary: 'Answers with this list.',
  examples: ['/help'],
  meaning: () => ({ type: 'Ask', about: 'help' }),
};
