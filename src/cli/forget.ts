/** `gatehouse forget`: removes everything kept of an account that has uninstalled the App. */
import { z } from 'zod';
import { forget as removeAll } from '../engine/forget.ts';
import type { Verb } from './verb.ts';
import { withLedger } from './with-ledger.ts';

const argumentsSchema = z.tuple([z.string()]);
const optionsSchema = z.object({ yes: z.boolean().optional(), json: z.boolean().optional() });

/** Exit 1 where nothing is kept of the account; 2 without `--yes`. */
export const forget: Verb = {
  usage: 'forget <account>',
  summary: 'remove everything kept of an account, history included; cannot be undone',
  options: [
    ['--yes', 'yes, that account, for ever'],
    ['--json', 'print {table: rows}'],
  ],
  run: async (args, options) => {
    const [account] = argumentsSchema.parse(args);
    const { yes = false, json = false } = optionsSchema.parse(options);
    if (!yes) {
      process.stderr.write(
        `gatehouse: this removes the history of every epic of ${account}, and cannot be undone. Say it again with --yes.\n`,
      );
      return 2;
    }
    return withLedger(async (db) => {
      const gone = await removeAll(db, account);
      const rows = Object.entries(gone).map(([table, count]) => `${count} from ${table}`);
      const text = rows.length === 0 ? `Nothing is kept of ${account}.` : `Removed: ${rows.join(', ')}.`;
      process.stdout.write(json ? `${JSON.stringify(gone, null, 2)}\n` : `${text}\n`);
      return rows.length === 0 ? 1 : 0;
    });
  },
};
