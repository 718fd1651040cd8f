/** `/resume`: a paused epic goes on. */
import type { SlashCommand } from './slash-command.ts';

/** The record of `/resume`. */
export const resume: SlashCommand = {
  name: 'resume',
  aliases: [],
  usage: '/resume',
  who: "override roles, the epic's author",
  summary: 'Lets a paused epic go on.',
  examples: ['/resume'],
  meaning: () => ({ type: 'Resume' }),
};
