/** `/evidence`: records a link or a sentence on a stage; without one, answers with what is recorded. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/evidence`. */
export const evidence: SlashCommand = {
  name: 'evidence',
  aliases: [],
  usage: '/evidence [stage] [url or text]',
  who: "the stage's role; asking: anyone who can comment",
  summary: 'Records a link or a sentence on the stage; without one, answers what is recorded.',
  examples: [
    '/evidence',
    '/evidence https://example.com/report.pdf',
    '/evidence 2_design tested with five people',
  ],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return rest === ''
      ? { type: 'Ask', about: 'query', query: 'getEvidence', ...named }
      : { type: 'AddEvidence', on: context.on, ...named, text: rest };
  },
};
