/** `gatehouse restored`: to be said once after a copy of the ledger was brought back. */
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { NoLedger } from '../engine/open-ledger.ts';
import { takeUp } from '../engine/restored.ts';
import type { Verb } from './verb.ts';

const optionsSchema = z.object({ json: z.boolean().optional() });

const refuse = (lines: readonly string[]): 2 => {
  for (const line of lines) process.stderr.write(`gatehouse: ${line}\n`);
  return 2;
};

/** Needs the service's whole environment; GitHub is asked what it delivered since the copy was made. */
export const restored: Verb = {
  usage: 'restored',
  summary:
    'after bringing back a copy of the ledger: doubt what it thinks GitHub shows, and fetch what it missed',
  options: [['--json', 'print {promises, shown, epics, deliveries}']],
  run: async (_, options) => {
    const { json = false } = optionsSchema.parse(options);
    const read = readConfig(process.env);
    if ('problems' in read) return refuse(read.problems);
    try {
      const taken = await takeUp(read.config);
      const { promises, shown, epics, deliveries } = taken;
      const text = [
        `${promises} promises are looked for on GitHub before they are kept, ${shown} objects are written anew.`,
        `${epics} open epics are compared with GitHub as soon as a service runs.`,
        `${deliveries} deliveries of the last three days were asked for again.`,
      ];
      process.stdout.write(json ? `${JSON.stringify(taken, null, 2)}\n` : `${text.join('\n')}\n`);
      return 0;
    } catch (failure) {
      if (failure instanceof NoLedger) return refuse([failure.message]);
      if (failure instanceof Error && failure.name === 'GitHubFailure')
        return refuse([`GitHub could not be asked, say it again: ${failure.message}`]);
      throw failure;
    }
  },
};
