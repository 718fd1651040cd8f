#!/usr/bin/env node
/** The command line: every verb by name, and what their exit codes mean (contract §7). */
import { Command, CommanderError } from 'commander';
import { version } from '../engine/version.ts';
import { deadLetters } from './dead-letters.ts';
import { doctor } from './doctor.ts';
import { forget } from './forget.ts';
import { restored } from './restored.ts';
import { retry } from './retry.ts';
import { validate } from './validate.ts';
import type { Verb } from './verb.ts';
import { verify } from './verify.ts';

/** In the order `--help` lists them. */
const verbs: readonly Verb[] = [validate, doctor, deadLetters, retry, verify, restored, forget];

const program = new Command('gatehouse')
  .description('Workflows with stages, gates and approvals on GitHub.')
  .version(version)
  .showHelpAfterError('(gatehouse --help lists what there is)')
  .exitOverride();
for (const verb of verbs) {
  const command = program.command(verb.usage).description(verb.summary).exitOverride();
  for (const [flags, what] of verb.options) command.option(flags, what);
  command.action(async () => {
    process.exitCode = await verb.run(command.processedArgs, command.opts());
  });
}

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  // Commander has said it already; it exits 0 for --help and --version only.
  process.exitCode = thrown.exitCode === 0 ? 0 : 2;
}
