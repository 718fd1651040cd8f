/** `/concern`: names something that must be settled before the gate passes. */
import { refuse } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** The record of `/concern`. */
export const concern: SlashCommand = {
  name: 'concern',
  aliases: [],
  usage: '/concern [stage] <text>',
  who: 'an approver or veto role of the gate',
  summary: 'Names a concern (`c1`); the gate stays shut until it is resolved.',
  examples: ['/concern the keys are never rotated', '/concern 2_design the keys are never rotated'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return rest === ''
      ? refuse('text-needed', 'A concern says what is wrong; nothing was written.', {
          next: '`/concern the keys are never rotated`',
        })
      : { type: 'Concern', on: context.on, ...named, text: rest };
  },
};
