/** `/resume`: a paused epic goes on, if asked to from an earlier stage. */
import { isRefusal, refuse } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { leadingStage } from './stage-argument.ts';

const fromFirst = /^(?:--from(?:\s+|=)|from(?:\s+|:\s*)|—from\s+)(\S[\s\S]*)$/i;

/** The record of `/resume`. */
export const resume: SlashCommand = {
  name: 'resume',
  aliases: [],
  usage: '/resume [--from <stage> [reason]]',
  who: "override roles, the epic's author",
  summary: 'Lets a paused epic go on; `--from` opens that stage and what rested on it again.',
  examples: ['/resume', '/resume --from 2_design', '/resume from 2_design the mockups were of the old brand'],
  meaning: (argument, context) => {
    if (/^--from=?$/.test(argument)) {
      return refuse('unknown-stage', 'Which stage to go on from is missing.', {
        next: '`/resume --from <stage>`',
      });
    }
    const named = fromFirst.exec(argument)?.[1];
    if (named === undefined) return { type: 'Resume' };
    const words = leadingStage('resume --from ', named, context);
    return isRefusal(words)
      ? words
      : { type: 'Resume', from: words.stage, ...(words.rest !== '' && { reason: words.rest }) };
  },
};
