/** Opens the door: reads the configuration, starts the house, and closes it in order when told to stop. */
import pino from 'pino';
import { openHouse } from './compose.ts';
import { readConfig } from './config.ts';
import { withoutSecrets } from './core/render/without-secrets.ts';

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
  const house = await openHouse(read.config, log);
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'closing');
    setTimeout(() => process.exit(1), patience).unref();
    await house.stop();
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
};

start().catch((err: unknown) => {
  log.fatal({ err }, 'Gatehouse could not start');
  process.stderr.write(`gatehouse: ${err instanceof Error ? err.message : String(err)}\n`);
  process.exit(1);
});
