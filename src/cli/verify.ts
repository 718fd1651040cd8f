/** `gatehouse verify`: shows that the ledger was not changed behind Gatehouse's back, or where it was. */
import { z } from 'zod';
import type { Flaw } from '../engine/verify/flaw.ts';
import { type Verified, verifyLedger } from '../engine/verify-ledger.ts';
import { type HeadsFile, readHeads, UnreadableHeads, writeHeads } from './heads.ts';
import { oneLine } from './one-line.ts';
import type { ExitCode, Verb } from './verb.ts';
import { withLedger } from './with-ledger.ts';

const optionsSchema = z.object({
  json: z.boolean().optional(),
  heads: z.string().optional(),
  against: z.string().optional(),
});

/** Heads of a ledger with flaws are not written: they would make the flaws look right the next time. */
export const verify: Verb = {
  usage: 'verify',
  summary: 'check that no event was changed, and that lists follow from the events',
  options: [
    ['--heads <file>', 'write the last event of each stream, to be kept on another machine'],
    ['--against <file>', 'find streams truncated or rewritten since these heads were written'],
    ['--json', 'print {ok, epics, events, flaws: [{code, epic, version, says}]}'],
  ],
  run: async (_, options) => {
    const asked = optionsSchema.parse(options);
    return withLedger(async (db) => {
      try {
        return await look(db.url, asked);
      } catch (failure) {
        if (!(failure instanceof UnreadableHeads)) throw failure;
        process.stderr.write(`gatehouse: ${failure.message}\n`);
        return 2;
      }
    });
  },
};

type Asked = z.infer<typeof optionsSchema>;

async function look(url: string, { json = false, heads, against }: Asked): Promise<ExitCode> {
  const file = heads === undefined ? undefined : writeHeads(heads);
  const flaws: Flaw[] = [];
  const onFlaw = (flaw: Flaw): void => {
    if (json) flaws.push(flaw);
    else process.stdout.write(`${asLine(flaw)}\n`);
  };
  try {
    const verified = await verifyLedger(url, {
      onFlaw,
      ...(file === undefined ? {} : { onHead: file.write }),
      ...(against === undefined ? {} : { against: readHeads(against) }),
    });
    return await conclude(verified, { json, flaws, file });
  } catch (failure) {
    await file?.drop();
    throw failure;
  }
}

interface Told {
  readonly json: boolean;
  readonly flaws: readonly Flaw[];
  readonly file: HeadsFile | undefined;
}

async function conclude({ epics, events, flaws }: Verified, told: Told): Promise<ExitCode> {
  const ok = flaws === 0;
  if (ok) await told.file?.keep();
  else await told.file?.drop();
  const looked = `${events} events of ${epics} epics`;
  if (told.json)
    process.stdout.write(`${JSON.stringify({ ok, epics, events, flaws: told.flaws }, null, 2)}\n`);
  else if (ok) process.stdout.write(`${looked}: nothing was changed.\n`);
  else process.stdout.write(`${looked}: ${flaws} ${flaws === 1 ? 'flaw' : 'flaws'}.\n`);
  if (!ok && told.file !== undefined) process.stderr.write('gatehouse: no heads were written\n');
  return ok ? 0 : 1;
}

const asLine = ({ code, epic, version, says }: Flaw): string =>
  oneLine(`epic ${epic}${version === null ? '' : ` version ${version}`}: ${says} (${code})`);
