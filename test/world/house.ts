/** The real Gatehouse as a process of its own, for stories, demo and bench: started, awaited, killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { compiled } from './compiled.ts';

export interface HouseOptions {
  /** What is started; absent: this tree’s house, from its source or as `bundle.ts` has made it. */
  readonly entry?: string;
  /** Where it runs; absent: this tree. */
  readonly root?: string;
  readonly githubUrl: string;
  readonly databaseUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One Gatehouse process after another, at one address. */
export interface House {
  readonly url: string;
  readonly webhooks: string;
  /** What the process printed, all starts together. */
  readonly output: () => string;
  readonly start: () => Promise<void>;
  /** The same, not waiting until it is ready: it may die on the way. */
  readonly launch: () => void;
  /** Whether the process that was started last is gone, by whatever hand. */
  readonly isGone: () => boolean;
  /** Sends it a message, or a signal that leaves it where it is. */
  readonly tell: (message: object) => void;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** SIGTERM, and its exit code. */
  readonly stop: () => Promise<number | null>;
  /** SIGKILL: no goodbye. */
  readonly kill: () => Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The App every test is: its number, key and secret are nobody's. */
export const app = {
  id: 4711,
  secret: 'a secret only tests know',
  key: generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }),
};

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

const gone = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const ready = async (url: string, child: ChildProcess, output: () => string): Promise<void> => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    if (gone(child)) throw new Error(`Gatehouse ended at once:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error(`Gatehouse was not ready within 30 s:\n${output()}`);
};

/** Prepares a Gatehouse; `start` starts it from source, as `npm start` starts the built one. */
export const prepareHouse = async (options: HouseOptions): Promise<House> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let printed = '';
  const env: NodeJS.Dict<string> = {
    PATH: process.env['PATH'],
    ...compiled,
    HOME: process.env['HOME'],
    APP_ID: String(app.id),
    PRIVATE_KEY: app.key.privateKey,
    WEBHOOK_SECRET: app.secret,
    GITHUB_API_URL: options.githubUrl,
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    PORT: String(port),
    HOST: '127.0.0.1',
    GATEHOUSE_THROTTLE: 'off',
    LOG_LEVEL: 'warn',
    ...options.env,
  };

  const end = (signal: NodeJS.Signals): Promise<number | null> =>
    new Promise((resolve) => {
      const ending = child;
      child = undefined;
      if (ending === undefined || gone(ending)) resolve(ending?.exitCode ?? null);
      else {
        ending.once('exit', (code) => resolve(code));
        ending.kill(signal);
      }
    });

  const launch = (): ChildProcess => {
    const started = spawn(
      process.execPath,
      [options.entry ?? process.env['GATEHOUSE_TEST_HOUSE'] ?? 'src/main.ts'],
      {
        cwd: options.root ?? root,
        env: { ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    child = started;
    const note = (chunk: Buffer): void => {
      printed += chunk.toString();
    };
    started.stdout?.on('data', note);
    started.stderr?.on('data', note);
    return started;
  };

  return {
    url,
    webhooks: `${url}/api/github/webhooks`,
    output: () => printed,
    launch,
    start: async () => {
      try {
        await ready(url, launch(), () => printed);
      } catch (failure) {
        // Nobody waits for it any more: it must not go on beside the next one.
        await end('SIGKILL');
        throw failure;
      }
    },
    isGone: () => child === undefined || gone(child),
    tell: (message) => void child?.send(message, () => undefined),
    signal: (signal) => void child?.kill(signal),
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
};

const waiting = `
  select (select count(*) from deliveries where state = 'new')
       + (select count(*) from promises where wanted > done and not given_up) as waiting`;

/** Waits until the ledger has nothing left to read or to keep, and GitHub nothing left to deliver. */
export const settled = async (
  databaseUrl: string,
  github: { readonly settled: () => Promise<void> },
  patience = 20_000,
): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  // Stories cut PostgreSQL off; the query under way then fails, and nothing else may.
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
      await github.settled();
      const { rows } = await client.query<{ waiting: string }>(waiting);
      if (rows[0]?.waiting === '0') {
        await github.settled();
        const again = await client.query<{ waiting: string }>(waiting);
        if (again.rows[0]?.waiting === '0') return;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const left = await client.query(
      `select lane, key, tries, problem from promises where wanted > done and not given_up
       union all select lane, event || '.' || coalesce(action, ''), tries, problem from deliveries where state = 'new'`,
    );
    throw new Error(`It did not settle within ${patience} ms:\n${JSON.stringify(left.rows, null, 1)}`);
  } finally {
    await client.end();
  }
};
