/** `/emergency-stop`: everything stands still at once. */
import { isRefusal } from '../epic/refusal.ts';
import { reasonOf } from './reasoned.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/emergency-stop`. */
export const emergencyStop: SlashCommand = {
  name: 'emergency-stop',
  aliases: [],
  usage: '/emergency-stop <reason>',
  who: 'override roles',
  summary:
    'Stops everything at once: nothing moves, and every check of the epic fails until override roles lift it with /resume.',
  examples: ['/emergency-stop customers see the wrong prices'],
  meaning: (argument) => {
    const reason = reasonOf(argument, '/emergency-stop customers see the wrong prices');
    return isRefusal(reason) ? reason : { type: 'Stop', ...reason };
  },
};
