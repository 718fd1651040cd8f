/** `/reviewed`: what somebody else thinks of a break-glass afterwards. */
import { refuse } from '../epic/refusal.ts';
import { namedThing } from './named-thing.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/reviewed`. */
export const reviewed: SlashCommand = {
  name: 'reviewed',
  aliases: [],
  usage: '/reviewed <name> <verdict>',
  who: 'override roles, not whoever did it',
  summary: 'Reviews a /skip or /override that took effect at once.',
  examples: ['/reviewed g1 it was right, the site was down'],
  meaning: (argument) => {
    const { id, rest } = namedThing(argument, 'g');
    return id === undefined || rest === ''
      ? refuse('text-needed', 'A review names what it is about, and says something.', {
          next: '`/reviewed g1 it was right, the site was down`',
        })
      : { type: 'GiveVerdict', glass: id, text: rest };
  },
};
