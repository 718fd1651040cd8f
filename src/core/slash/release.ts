/** `/release`: gives a claimed stage back. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/release`. */
export const release: SlashCommand = {
  name: 'release',
  aliases: ['unclaim'],
  usage: '/release [stage] [reason]',
  who: 'the claimant, override roles',
  summary: 'Gives the stage back, so that somebody else can claim it.',
  examples: ['/release', '/release on holiday until Monday', '/release 2_design'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'Release', on: context.on, ...named, reason: rest };
  },
};
