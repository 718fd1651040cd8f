/** `gatehouse dead-letters`: what waits for a person, since when, why, and what to type. */
import { z } from 'zod';
import { type DeadLetter, type DeadLetters, readDeadLetters } from '../ledger/read-models/dead-letters.ts';
import { oneLine } from './one-line.ts';
import type { Verb } from './verb.ts';
import { withLedger } from './with-ledger.ts';

const optionsSchema = z.object({ json: z.boolean().optional() });

/** Exit 1 where there are any: what was checked, that nothing waits for a person, does not hold. */
export const deadLetters: Verb = {
  usage: 'dead-letters',
  summary: 'list deliveries set aside and promises given up, with what to type',
  options: [['--json', 'print {total, letters: [{kind, what, lane, guid, since, why, ...}]}']],
  run: async (_, options) => {
    const { json = false } = optionsSchema.parse(options);
    return withLedger(async (db) => {
      const dead = await readDeadLetters(db, 1_000);
      process.stdout.write(json ? `${JSON.stringify(dead, null, 2)}\n` : asText(dead));
      return dead.total === 0 ? 0 : 1;
    });
  },
};

const moment = (date: Date | null): string =>
  date === null ? 'at an unknown time' : date.toISOString().slice(0, 16).replace('T', ' ');

const asLines = ({ kind, what, repository, number, lane, guid, since, tries, why }: DeadLetter): string =>
  [
    `${kind} ${oneLine(what)}${repository === null ? '' : `, ${repository}${number === null ? '' : `#${number}`}`}`,
    `  since ${moment(since)} UTC, after ${tries} ${tries === 1 ? 'try' : 'tries'}: ${oneLine(why)}`,
    `  gatehouse retry ${guid ?? lane}`,
  ].join('\n');

function asText({ total, letters }: DeadLetters): string {
  if (total === 0) return 'Nothing waits for a person.\n';
  const more = total > letters.length ? `\n… and ${total - letters.length} more; gatehouse retry --all` : '';
  return `${letters.map(asLines).join('\n')}${more}\n`;
}
