/** `/withdraw`: takes a question back. */
import { namedThing } from './named-thing.ts';
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/withdraw`. */
export const withdraw: SlashCommand = {
  name: 'withdraw',
  aliases: [],
  usage: '/withdraw [stage] [question]',
  who: 'whoever asked, override roles',
  summary: 'Takes a question or a request for evidence back.',
  examples: ['/withdraw', '/withdraw q1'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    const { id } = namedThing(rest, 'q');
    const question = id === undefined ? {} : { question: id };
    return { type: 'WithdrawQuestion', on: context.on, ...named, ...question };
  },
};
