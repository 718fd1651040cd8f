/** `/resume`: what was paused goes on. */
import { splitPart } from './part-argument.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/resume`. */
export const resume: SlashCommand = {
  name: 'resume',
  aliases: [],
  usage: '/resume [stage, role or kind]',
  who: "override roles, the epic's author",
  summary: 'Lets what was paused go on; an emergency stop only for override roles.',
  examples: ['/resume', '/resume 2_design'],
  meaning: (argument, context) => {
    const { part } = splitPart(argument, context);
    return { type: 'Resume', ...(part === undefined ? {} : { part }) };
  },
};
