/** `gatehouse migrate`: brings the tables to this version without starting the service. */
import { z } from 'zod';
import { type BroughtUp, bringUp } from '../engine/bring-up.ts';
import { reason } from '../engine/reason.ts';
import { oneLine } from './one-line.ts';
import type { Verb } from './verb.ts';
import { withLedger } from './with-ledger.ts';

const optionsSchema = z.object({ json: z.boolean().optional() });

/** Exit 1 where a migration failed; the database is then as it was. */
export const migrate: Verb = {
  usage: 'migrate',
  summary:
    'bring the tables to this version, as a start of the service does; also before an old copy is verified',
  options: [['--json', 'print {applied, epics}']],
  run: async (_, options) => {
    const { json = false } = optionsSchema.parse(options);
    return withLedger(async (db) => {
      try {
        const brought = await bringUp(db);
        process.stdout.write(json ? `${JSON.stringify(brought, null, 2)}\n` : asText(brought));
        return 0;
      } catch (failure) {
        process.stderr.write(`gatehouse: ${oneLine(reason(failure))}\n`);
        return 1;
      }
    }, 'anySchema');
  },
};

function asText({ applied, epics }: BroughtUp): string {
  const migrations = applied.length === 0 ? 'No migration was missing.' : `Applied: ${applied.join(', ')}.`;
  return `${migrations}${epics === 0 ? '' : ` Lists of ${epics} epics were made again.`}\n`;
}
