/** `/evidence`: records a link or a sentence on a stage; without one, answers with what is recorded. */
import { namedThing } from './named-thing.ts';
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/evidence`. */
export const evidence: SlashCommand = {
  name: 'evidence',
  aliases: [],
  usage: '/evidence [stage] [question] [url or text]',
  who: "the stage's role; asking: anyone who can comment",
  summary:
    'Records a link or a sentence on the stage; answers a request for evidence; without one, answers what is recorded.',
  examples: [
    '/evidence',
    '/evidence q1 https://example.com/report.pdf',
    '/evidence https://example.com/report.pdf',
    '/evidence 2_design tested with five people',
  ],
  meaning: (argument, context) => {
    const { named, rest: words } = splitStage(argument, context);
    const { id, rest } = namedThing(words, 'q');
    const question = id === undefined ? {} : { question: id };
    return rest === ''
      ? { type: 'Ask', about: 'query', query: 'getEvidence', ...named }
      : { type: 'AddEvidence', on: context.on, ...named, ...question, text: rest };
  },
};
