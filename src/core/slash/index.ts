/** The registry of slash commands, in the order of contract §4; a command exists when it stands here. */

import { addStage } from './add-stage.ts';
import { addTask } from './add-task.ts';
import { aliases } from './aliases.ts';
import { answer } from './answer.ts';
import { approve } from './approve.ts';
import { query, questions } from './asks.ts';
import { block } from './block.ts';
import { cancel } from './cancel.ts';
import { check } from './check.ts';
import { claim } from './claim.ts';
import { clarify } from './clarify.ts';
import { concern } from './concern.ts';
import { confirm } from './confirm.ts';
import { emergencyStop } from './emergency-stop.ts';
import { evidence } from './evidence.ts';
import { extend } from './extend.ts';
import { help } from './help.ts';
import { link } from './link.ts';
import { migrate } from './migrate.ts';
import { nextBatch } from './next-batch.ts';
import { override } from './override.ts';
import { pause } from './pause.ts';
import { priority } from './priority.ts';
import { reject } from './reject.ts';
import { release } from './release.ts';
import { requestEvidence } from './request-evidence.ts';
import { resolve } from './resolve.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { reviewed } from './reviewed.ts';
import { skip } from './skip.ts';
import type { SlashCommand } from './slash-command.ts';
import { status } from './status.ts';
import { submit } from './submit.ts';
import { unblock } from './unblock.ts';
import { undo } from './undo.ts';
import { waive } from './waive.ts';
import { why } from './why.ts';
import { withdraw } from './withdraw.ts';

/** Every slash command there is. */
export const slashCommands: readonly SlashCommand[] = [
  claim,
  release,
  extend,
  submit,
  approve,
  reject,
  clarify,
  requestEvidence,
  answer,
  withdraw,
  block,
  unblock,
  skip,
  override,
  confirm,
  reviewed,
  undo,
  retry,
  pause,
  resume,
  emergencyStop,
  nextBatch,
  priority,
  addStage,
  addTask,
  cancel,
  migrate,
  link,
  evidence,
  check,
  waive,
  concern,
  resolve,
  status,
  why,
  ...questions,
  query,
  help,
];

const byName: ReadonlyMap<string, SlashCommand> = new Map(
  slashCommands.flatMap((command) =>
    [command.name, ...command.aliases].map((name) => [name, command] as const),
  ),
);

/** `/pause-development` is `/pause development`: the words behind the command's own stand before what was typed. */
const standingFor = (words: string): SlashCommand | undefined => {
  const [, name = '', first = ''] = /^(\S+) ?(.*)$/.exec(words) ?? [];
  const command = byName.get(name);
  if (command === undefined || first === '') return command;
  return {
    ...command,
    meaning: (argument, context) => command.meaning(`${first} ${argument}`.trim(), context),
  };
};

/** The command with exactly this name or alias (case counts), or another word for it; undefined for anything else. */
export const findCommand = (name: string): SlashCommand | undefined =>
  byName.get(name) ?? standingFor(aliases.get(name) ?? '');
