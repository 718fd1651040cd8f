/** `/add-stage`: a stage the workflow file did not foresee. */
import { refuse } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';
import { stageOptions } from './stage-options.ts';

/** The record of `/add-stage`. */
export const addStage: SlashCommand = {
  name: 'add-stage',
  aliases: [],
  usage:
    '/add-stage <key> role:<ROLE> [after:<stage>,…] [before:<stage>,…] [gate:<name>] [approvers:<ROLE>,…] <title>',
  who: "override roles, the epic's author",
  summary:
    'Adds a stage to this epic; its file stays as it is. Pull requests pass by it only if an override role added it.',
  examples: ['/add-stage 7_audit role:ENGINEER after:2_design approvers:ENGINEERING_MANAGER Audit the logs'],
  meaning: (argument, context) => {
    const [, key = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(argument) ?? [];
    return key === ''
      ? refuse('text-needed', 'A new stage needs a key, a role and a title.', {
          next: '`/add-stage 7_audit role:ENGINEER after:2_design Audit the logs`',
        })
      : { type: 'AddStage', on: context.on, key, ...stageOptions(rest) };
  },
};
