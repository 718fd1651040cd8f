/** `/pause`: nothing in the epic moves until it is resumed. */
import type { SlashCommand } from './slash-command.ts';

/** The record of `/pause`. */
export const pause: SlashCommand = {
  name: 'pause',
  aliases: [],
  usage: '/pause [reason]',
  who: "override roles, the epic's author",
  summary: 'Pauses the epic: no stage moves and no clock runs.',
  examples: ['/pause', '/pause until the budget is decided'],
  meaning: (argument) => ({ type: 'Pause', reason: argument }),
};
