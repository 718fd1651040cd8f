/** `/pause`: nothing in the epic, or in a part of it, moves until it is resumed. */
import { splitPart } from './part-argument.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/pause`. */
export const pause: SlashCommand = {
  name: 'pause',
  aliases: [],
  usage: '/pause [stage, role or kind] [reason]',
  who: "override roles, the epic's author",
  summary: 'Pauses the epic, or the stages named: none of them moves and no clock of theirs runs.',
  examples: ['/pause', '/pause until the budget is decided', '/pause 2_design until Monday'],
  meaning: (argument, context) => {
    const { part, rest } = splitPart(argument, context);
    return { type: 'Pause', ...(part === undefined ? {} : { part }), reason: rest };
  },
};
