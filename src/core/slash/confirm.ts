/** `/confirm`: the second person behind a /skip or /override. */
import { refuse } from '../epic/refusal.ts';
import { namedThing } from './named-thing.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/confirm`. */
export const confirm: SlashCommand = {
  name: 'confirm',
  aliases: [],
  usage: '/confirm <name>',
  who: 'override roles, not whoever asked',
  summary: 'Lets a /skip or /override that needs two people take effect.',
  examples: ['/confirm g1'],
  meaning: (argument) => {
    const { id } = namedThing(argument, 'g');
    return id === undefined
      ? refuse('text-needed', 'What is to be confirmed has a name.', { next: '`/confirm g1`' })
      : { type: 'Confirm', glass: id };
  },
};
