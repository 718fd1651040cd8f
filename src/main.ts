/** Opens the door: reads the configuration, starts the house, and closes it in order when told to stop. */
import pino from 'pino';
import { openHouse } from './compose.ts';
import { readConfig } from './config.ts';
import { withoutSecrets } from './core/render/without-secrets.ts';
import { reason } from './engine/reason.ts';

/** Longer than this nobody waits for a graceful end. */
const patience = 10_000;

const read = readConfig(process.env);
if ('problems' in read) {
  for (const problem of read.problems) process.stderr.write(`gatehouse: ${problem}\n`);
  process.exit(1);
}

const log = pino({
  level: read.config.logLevel,
  base: { app: 'gatehouse' },
  // The second net: whatever looks like a secret leaves no process of ours (threats T94).
  hooks: { streamWrite: withoutSecrets },
});

const start = async (): Promise<void> => {
  const opening = openHouse(read.config, log);
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, stopping ? 'closing already' : 'closing');
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      log.error({ patience }, 'closing took too long; what is unfinished is found by whoever starts next');
      process.exit(1);
    }, patience).unref();
    // Told so while it was starting, it ends as soon as everything stands: nothing it began is left behind.
    await (await opening).stop();
    log.info({}, 'closed');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      stop(signal).catch((err: unknown) => {
        log.error({ err }, 'closing failed');
        process.exit(1);
      });
    });
  }
  await opening;
};

start().catch((err: unknown) => {
  log.fatal({ err }, 'Gatehouse could not start');
  process.stderr.write(`gatehouse: ${withoutSecrets(reason(err))}\n`);
  process.exit(1);
});
