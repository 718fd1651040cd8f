#!/usr/bin/env node
/** The command line: every verb by name, and what their exit codes mean (contract §7). */
import { Command, CommanderError } from 'commander';
import { withoutSecrets } from '../core/render/without-secrets.ts';
import { version } from '../engine/version.ts';
import { deadLetters } from './dead-letters.ts';
import { doctor } from './doctor.ts';
import { forget } from './forget.ts';
import { migrate } from './migrate.ts';
import { oneLine } from './one-line.ts';
import { restored } from './restored.ts';
import { retry } from './retry.ts';
import { validate } from './validate.ts';
import type { Verb } from './verb.ts';
import { verify } from './verify.ts';
import { watchOutput } from './watch-output.ts';

/** In the order `--help` lists them. */
const verbs: readonly Verb[] = [validate, doctor, deadLetters, retry, verify, migrate, restored, forget];

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

watchOutput();
try {
  await program.parseAsync();
} catch (thrown) {
  // Commander has said it already; it exits 0 for --help and --version only. Anything else could not be looked at.
  const ended = thrown instanceof CommanderError;
  if (!ended)
    process.stderr.write(
      `gatehouse: ${oneLine(withoutSecrets(thrown instanceof Error ? thrown.message : String(thrown)))}\n`,
    );
  process.exitCode = ended && thrown.exitCode === 0 ? 0 : 2;
}
