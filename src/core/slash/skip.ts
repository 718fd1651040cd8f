/** `/skip`: leaves a stage out, marked as such. */
import { isRefusal } from '../epic/refusal.ts';
import { gateAsStage } from './gate-argument.ts';
import { stageAndReason } from './reasoned.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/skip`. */
export const skip: SlashCommand = {
  name: 'skip',
  aliases: [],
  usage: '/skip [stage or gate] <reason>',
  who: 'override roles',
  summary: 'Skips the stage; it is marked as skipped everywhere. Its pull requests pass as they are then.',
  examples: ['/skip nothing to design in this one', '/skip 2_design nothing to design in this one'],
  meaning: (argument, context) => {
    const words = stageAndReason(
      gateAsStage(argument, context),
      context,
      '/skip nothing to design in this one',
    );
    return isRefusal(words) ? words : { type: 'Skip', ...words };
  },
};
