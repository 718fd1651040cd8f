/** `/retry`: does a stage that is over once more. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/retry`. Whether a reason is needed depends on the stage, which words do not know. */
export const retry: SlashCommand = {
  name: 'retry',
  aliases: [],
  usage: '/retry [stage] [reason]',
  who: "the stage's role, override roles",
  summary:
    'Opens a new round of a stage that is over and of what rested on it; for one that is done or skipped the reason is mandatory.',
  examples: ['/retry 2_design the client has changed its mind', '/retry'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'Retry', on: context.on, ...named, reason: rest };
  },
};
