/** The registry of slash commands, in the order of contract §4; a command exists when it stands here. */

import { approve } from './approve.ts';
import { query, questions } from './asks.ts';
import { block } from './block.ts';
import { cancel } from './cancel.ts';
import { check } from './check.ts';
import { claim } from './claim.ts';
import { concern } from './concern.ts';
import { evidence } from './evidence.ts';
import { extend } from './extend.ts';
import { help } from './help.ts';
import { link } from './link.ts';
import { migrate } from './migrate.ts';
import { nextBatch } from './next-batch.ts';
import { override } from './override.ts';
import { pause } from './pause.ts';
import { reject } from './reject.ts';
import { release } from './release.ts';
import { resolve } from './resolve.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { skip } from './skip.ts';
import type { SlashCommand } from './slash-command.ts';
import { status } from './status.ts';
import { submit } from './submit.ts';
import { unblock } from './unblock.ts';
import { waive } from './waive.ts';
import { why } from './why.ts';

/** Every slash command there is. */
export const slashCommands: readonly SlashCommand[] = [
  claim,
  release,
  extend,
  submit,
  approve,
  reject,
  block,
  unblock,
  skip,
  override,
  retry,
  pause,
  resume,
  nextBatch,
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

/** The command with exactly this name or alias (case counts); undefined for anything else. */
export const findCommand = (name: string): SlashCommand | undefined => byName.get(name);
