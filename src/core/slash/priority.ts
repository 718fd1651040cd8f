/** `/priority`: says how urgent an epic or a stage is. */
import { priorityLevels } from '../epic/priority.ts';
import { refuse } from '../epic/refusal.ts';
import { code, list } from '../epic/say-who.ts';
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/priority`. */
export const priority: SlashCommand = {
  name: 'priority',
  aliases: [],
  usage: '/priority [stage] <critical|high|medium|low> [reason]',
  who: "override roles, the epic's author; of a stage its approvers too",
  summary: 'Sets the priority of the stage, or of the epic where it is said there.',
  examples: ['/priority high', '/priority 2_design critical the audit is on Monday'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    const [, word = '', reason = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
    const level = priorityLevels.find((one) => one === word.toLowerCase());
    return level === undefined
      ? refuse('text-needed', `A priority is one of ${list(priorityLevels.map(code))}.`, {
          next: '`/priority high`',
        })
      : { type: 'SetPriority', on: context.on, ...named, level, reason };
  },
};
