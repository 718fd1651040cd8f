/** Child processes to be measured: started, awaited, weighed, ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { app, freePort } from '../world/house.ts';

/** A process that listens. */
export interface Listening {
  readonly url: string;
  /** Milliseconds from start to the first good answer. */
  readonly readyAfter: number;
  /** Resident memory in MB now. */
  readonly memory: () => number;
  /** Milliseconds of processor time since its start. */
  readonly cpu: () => number;
  readonly stop: () => Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** In user and kernel together; Linux counts in hundredths of a second. */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

/** Starts a script of this repository and waits until `path` answers with a status below `below`. */
export const listening = async (
  script: string,
  path: string,
  env: Readonly<Record<string, string>> = {},
  below = 400,
): Promise<Listening> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [script], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      APP_ID: String(app.id),
      PRIVATE_KEY: app.key.privateKey,
      WEBHOOK_SECRET: app.secret,
      PORT: String(port),
      HOST: '127.0.0.1',
      GATEHOUSE_THROTTLE: 'off',
      NODE_ENV: 'production',
      ...env,
      LOG_LEVEL: 'warn',
    },
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${script} ended at once.`);
    const answer = await fetch(`${url}${path}`).catch(() => undefined);
    if (answer !== undefined && answer.status < below) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    url,
    readyAfter: performance.now() - began,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    cpu: () => cpuOf(child.pid ?? 0),
    stop: () => end(child),
  };
};
