/** `/resolve`: a concern is settled. */
import { refuse } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

const idFirst = /^(c\d{1,4})(?:\s+([\s\S]*))?$/i;

/** The record of `/resolve`. */
export const resolve: SlashCommand = {
  name: 'resolve',
  aliases: [],
  usage: '/resolve [stage] <concern> [reason]',
  who: 'whoever raised the concern; override roles with a reason',
  summary: 'Settles a concern, so that it no longer keeps the gate shut.',
  examples: ['/resolve c1', '/resolve 2_design c1 the keys are rotated now'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    const [, id, reason = ''] = idFirst.exec(rest) ?? [];
    return id === undefined
      ? refuse('text-needed', 'Which concern is meant is not clear: they are named `c1`, `c2`, ….', {
          next: '`/resolve c1`',
        })
      : { type: 'Resolve', on: context.on, ...named, id: id.toLowerCase(), reason };
  },
};
