/** Environment → Config: every variable of contract §1, or one clear line for each that is missing or malformed. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import parseDuration from 'parse-duration';
import { z } from 'zod';

/** What the service runs with. */
export interface Config {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** The secret before it, taken until a moment so that changing it loses no delivery (threats T05). */
  readonly previousSecret: { readonly secret: string; readonly until: Date } | undefined;
  readonly apiUrl: string;
  /** Undefined: embedded PostgreSQL in `dataDirectory`. */
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  readonly workers: number;
  /** Milliseconds between full reconciles of open epics. */
  readonly reconcileEvery: number;
  readonly throttle: boolean;
}

const whole = (what: string, least: number, most: number) =>
  z.coerce
    .number({ error: `must be ${what}` })
    .int(`must be ${what}`)
    .min(least, `must be ${what}`)
    .max(most, `must be ${what}`);

const duration = z.string().transform((text, context) => {
  const ms = /^\d+(\.\d+)?$/.test(text) ? null : parseDuration(text);
  if (ms !== null && ms >= 100 && ms <= 7 * 86_400_000) return ms;
  context.addIssue({ code: 'custom', message: 'must be a duration from 100ms to 7d, for example 10m' });
  return z.NEVER;
});

const url = (protocols: readonly string[], example: string) =>
  z
    .string()
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), `must be a URL like ${example}`);

const moment = z.string().transform((text, context) => {
  const at = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(at.getTime())) return at;
  context.addIssue({ code: 'custom', message: 'must be a date and time like 2026-12-31T12:00:00Z' });
  return z.NEVER;
});

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const shown = (names: readonly string[]): string => names.join(', ');

const schema = z.object({
  APP_ID: whole('the number of the GitHub App', 1, Number.MAX_SAFE_INTEGER),
  WEBHOOK_SECRET: z
    .string({ error: 'is required: the secret set in the GitHub App' })
    .min(1, 'must not be empty'),
  WEBHOOK_SECRET_PREVIOUS: z.string().min(1).optional(),
  WEBHOOK_SECRET_PREVIOUS_UNTIL: moment.optional(),
  GITHUB_API_URL: url(['https:', 'http:'], 'https://api.github.com').default('https://api.github.com'),
  DATABASE_URL: url(
    ['postgres:', 'postgresql:'],
    'postgres://user:password@host:5432/gatehouse, with # / ? @ % in a password written as %23 %2F %3F %40 %25',
  ).optional(),
  GATEHOUSE_DATA: z.string().default('./.gatehouse'),
  PORT: whole('a port from 0 to 65535', 0, 65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z.enum(levels, { error: `must be one of ${shown(levels)}` }).default('info'),
  GATEHOUSE_WORKERS: whole('a whole number from 0 to 64', 0, 64).default(8),
  GATEHOUSE_RECONCILE_EVERY: duration.default(600_000),
  GATEHOUSE_THROTTLE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** A key put where its path belongs is not printed. */
const shownPath = (path: string): string =>
  path.length > 250 || /[\r\n]|-----BEGIN/.test(path)
    ? 'what it holds is no path; the key itself goes into PRIVATE_KEY'
    : path;

/** The key as PEM: itself, with `\n` written out, base64 of it, or a file that holds it. */
const readKey = (environment: Environment): { readonly key: string } | { readonly problem: string } => {
  const { PRIVATE_KEY: given, PRIVATE_KEY_PATH: path } = environment;
  let text = given;
  if (text === undefined && path !== undefined) {
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return { problem: `PRIVATE_KEY_PATH names a file that cannot be read: ${shownPath(path)}` };
    }
  }
  if (text === undefined)
    return { problem: 'PRIVATE_KEY or PRIVATE_KEY_PATH is required: the key of the GitHub App' };
  const plain = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  try {
    createPrivateKey(plain.replaceAll('\\n', '\n'));
    return { key: plain.replaceAll('\\n', '\n') };
  } catch {
    return {
      problem: `${given === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY'} is not a private key in PEM format`,
    };
  }
};

const present = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));

const previousOf = (data: z.output<typeof schema>): Config['previousSecret'] => {
  const { WEBHOOK_SECRET_PREVIOUS: secret, WEBHOOK_SECRET_PREVIOUS_UNTIL: until } = data;
  return secret === undefined || until === undefined ? undefined : { secret, until };
};

/** Answers the configuration, or all problems at once, each one line that names its variable. Never shows a secret. */
export const readConfig = (
  environment: Environment,
): { readonly config: Config } | { readonly problems: readonly string[] } => {
  const given = present(environment);
  const key = readKey(given);
  const read = schema.safeParse(given);
  const problems = [
    ...(read.success
      ? []
      : read.error.issues.map(
          (issue) => `${issue.path.join('.')} ${required(issue.message, given, issue.path[0])}`,
        )),
    ...('problem' in key ? [key.problem] : []),
    ...((given['WEBHOOK_SECRET_PREVIOUS'] === undefined) ===
    (given['WEBHOOK_SECRET_PREVIOUS_UNTIL'] === undefined)
      ? []
      : [
          'WEBHOOK_SECRET_PREVIOUS and WEBHOOK_SECRET_PREVIOUS_UNTIL go together: a retired secret needs an end',
        ]),
  ];
  if (!read.success || 'problem' in key) return { problems };
  const { data } = read;
  return {
    config: {
      appId: data.APP_ID,
      privateKey: key.key,
      webhookSecret: data.WEBHOOK_SECRET,
      previousSecret: previousOf(data),
      apiUrl: data.GITHUB_API_URL,
      databaseUrl: data.DATABASE_URL,
      dataDirectory: data.GATEHOUSE_DATA,
      port: data.PORT,
      host: data.HOST,
      logLevel: data.LOG_LEVEL,
      workers: data.GATEHOUSE_WORKERS,
      reconcileEvery: data.GATEHOUSE_RECONCILE_EVERY,
      throttle: data.GATEHOUSE_THROTTLE === 'on',
    },
  };
};

const required = (message: string, given: Environment, name: PropertyKey | undefined): string =>
  typeof name === 'string' && given[name] === undefined
    ? `is required and ${message.replace(/^is required: /, 'must be ')}`
    : message;
