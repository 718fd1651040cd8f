/** `/status`: where the epic stands. */
import type { SlashCommand } from './slash-command.ts';

/** The record of `/status`. */
export const status: SlashCommand = {
  name: 'status',
  aliases: [],
  usage: '/status',
  who: 'anyone who can comment',
  summary: 'Answers where the epic stands and who is being waited for.',
  examples: ['/status'],
  meaning: () => ({ type: 'Ask', about: 'status' }),
};
