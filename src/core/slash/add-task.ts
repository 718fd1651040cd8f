/** `/add-task`: a task beside a stage. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';
import { stageOptions } from './stage-options.ts';

/** The record of `/add-task`. */
export const addTask: SlashCommand = {
  name: 'add-task',
  aliases: [],
  usage: '/add-task [stage] [role:<ROLE>] <title>',
  who: "the stage's role, approvers, override roles, the epic's author",
  summary:
    'Adds a task beside the stage: a stage of the same role; what waits for the stage waits for it too. Pull requests pass by it only if an override role added it.',
  examples: ['/add-task Write the migration notes', '/add-task 2_design Draw the empty state'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return { type: 'AddStage', on: context.on, ...named, ...stageOptions(rest) };
  },
};
