/** `/resume`: what was paused goes on, if asked to from an earlier stage. */
import { isRefusal, refuse } from '../epic/refusal.ts';
import { splitPart } from './part-argument.ts';
import type { SlashCommand } from './slash-command.ts';
import { leadingStage } from './stage-argument.ts';

const fromFirst = /^(?:--from(?:\s+|=)|from(?:\s+|:\s*)|—from\s+)(\S[\s\S]*)$/i;

/** The record of `/resume`. */
export const resume: SlashCommand = {
  name: 'resume',
  aliases: [],
  usage: '/resume [stage, role or kind] [--from <stage> [reason]]',
  who: "override roles, the epic's author",
  summary:
    'Lets what was paused go on (an emergency stop only for override roles); `--from` opens that stage and what rested on it again.',
  examples: [
    '/resume',
    '/resume 2_design',
    '/resume --from 2_design',
    '/resume from 2_design the mockups were of the old brand',
  ],
  meaning: (argument, context) => {
    if (/^--from=?$/.test(argument)) {
      return refuse('unknown-stage', 'Which stage to go on from is missing.', {
        next: '`/resume --from <stage>`',
      });
    }
    const named = fromFirst.exec(argument)?.[1];
    if (named === undefined) {
      const { part } = splitPart(argument, context);
      return { type: 'Resume', ...(part !== undefined && { part }) };
    }
    const words = leadingStage('resume --from ', named, context);
    return isRefusal(words)
      ? words
      : { type: 'Resume', from: words.stage, ...(words.rest !== '' && { reason: words.rest }) };
  },
};
