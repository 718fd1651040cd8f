/** `gatehouse retry`: what was set aside or given up is tried again, by a person's word. */
import { z } from 'zod';
import { chosenBy, type Retried, retry as tryAgain } from '../engine/retry.ts';
import type { Verb } from './verb.ts';
import { withLedger } from './with-ledger.ts';

const argumentsSchema = z.tuple([z.string().optional()]);
const optionsSchema = z.object({ all: z.boolean().optional(), json: z.boolean().optional() });

const usage = 'gatehouse: name a delivery or a lane, or say --all (gatehouse dead-letters lists them)\n';

/** Exit 1 where there was nothing to re-arm under that name; `--all` with nothing to do is fine. */
export const retry: Verb = {
  usage: 'retry [delivery-or-lane]',
  summary: 'try again what was set aside or given up: one delivery by its guid, one lane, or --all',
  options: [
    ['--all', 'everything that was set aside or given up'],
    ['--json', 'print {deliveries: [{guid, event, lane}], promises: [{lane, key}]}'],
  ],
  run: async (args, options) => {
    const [name] = argumentsSchema.parse(args);
    const { all = false, json = false } = optionsSchema.parse(options);
    const chosen = chosenBy(name, all);
    if (chosen === undefined) {
      process.stderr.write(usage);
      return 2;
    }
    return withLedger(async (db) => {
      const retried = await tryAgain(db, chosen);
      process.stdout.write(json ? asJson(retried) : asText(retried));
      return 'nothing' in retried && !all ? 1 : 0;
    });
  },
};

const asJson = (retried: Retried): string =>
  `${JSON.stringify('nothing' in retried ? { deliveries: [], promises: [], ...retried } : retried, null, 2)}\n`;

function asText(retried: Retried): string {
  if ('nothing' in retried) return `${retried.nothing}\n`;
  const lines = [
    ...retried.deliveries.map(({ guid, event, lane }) => `delivery ${guid} (${event}) in ${lane}`),
    ...retried.promises.map(({ lane, key }) => `promise ${key} in ${lane}`),
  ];
  return `${lines.join('\n')}\nDue now: ${lines.length}. A running service begins within a second.\n`;
}
