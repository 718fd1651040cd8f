/** `/unblock`: lifts one blocker of a stage. */
import { isRefusal } from '../epic/refusal.ts';
import { namedThing } from './named-thing.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage, splitStage } from './stage-argument.ts';

/** The record of `/unblock`. */
export const unblock: SlashCommand = {
  name: 'unblock',
  aliases: [],
  usage: '/unblock [stage] [blocker]',
  who: "the stage's role, approvers",
  summary: 'Lifts a blocker; where several are open, the one named.',
  examples: ['/unblock', '/unblock b2', '/unblock 2_design b2'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    const { id } = namedThing(rest, 'b');
    if (id !== undefined) return { type: 'Unblock', on: context.on, ...named, blocker: id };
    const only = onlyStage('unblock', argument, context);
    return isRefusal(only) ? only : { type: 'Unblock', on: context.on, ...only };
  },
};
