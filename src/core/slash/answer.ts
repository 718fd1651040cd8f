/** `/answer`: answers what an approver asked. */
import { namedThing } from './named-thing.ts';
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/answer`. */
export const answer: SlashCommand = {
  name: 'answer',
  aliases: [],
  usage: '/answer [stage] [question] <text>',
  who: "the claimant, the stage's role",
  summary: 'Answers an approver; where several questions are open, the one named.',
  examples: ['/answer the shop does', '/answer q1 the shop does', '/answer 2_design q1 the shop does'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    const { id, rest: text } = namedThing(rest, 'q');
    const question = id === undefined ? {} : { question: id };
    return { type: 'AnswerQuestion', on: context.on, ...named, ...question, text };
  },
};
