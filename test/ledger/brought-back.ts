/** Ledgers brought back from copies: a stopped house's database is copied, and another house is opened on the copy (threats F60). */
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import type { TakenUp } from '../../src/engine/restored.ts';
import { verifyLedger } from '../../src/engine/verify-ledger.ts';
import { runGatehouse } from '../cli/run-gatehouse.ts';
import type { Issue } from '../world/github/state.ts';
import { app, type House, prepareHouse } from '../world/house.ts';
import { openPlay, type Play } from '../world/play.ts';

const onServer = async (url: string, statement: string): Promise<void> => {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  await client.query(statement);
  await client.end();
};

/** A copy of the stopped house's ledger as it is now. */
export const copyOf = async (url: string): Promise<string> => {
  const name = new URL(url).pathname.slice(1);
  const copy = new URL(url);
  copy.pathname = `/${name}_copy`;
  await onServer(url, `create database ${name}_copy template ${name}`);
  onTestFinished(() => onServer(url, `drop database if exists ${name}_copy with (force)`));
  return copy.href;
};

/** Another Gatehouse, on the copy; GitHub delivers to it from now on. */
export const openOn = async (play: Play, url: string): Promise<House> => {
  const env = { GATEHOUSE_RECONCILE_EVERY: '1s' };
  const house = await prepareHouse({ githubUrl: play.github.url, databaseUrl: url, env });
  onTestFinished(async () => void (await house.stop()));
  await house.start();
  play.github.webhookTarget = house.webhooks;
  return house;
};

/** What the operator says after bringing the copy back. */
export const restored = async (play: Play, databaseUrl: string): Promise<TakenUp> => {
  const { code, out, talk } = await runGatehouse(['restored', '--json'], {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.key.privateKey,
    WEBHOOK_SECRET: app.secret,
    GITHUB_API_URL: play.github.url,
    DATABASE_URL: databaseUrl,
    GATEHOUSE_THROTTLE: 'off',
  });
  expect([code, talk]).toEqual([0, '']);
  return JSON.parse(out);
};

/** A play that ends with its test. */
export const open = async (): Promise<Play> => {
  const play = await openPlay();
  onTestFinished(() => play.ends());
  return play;
};

/** Whether it comes to hold within the patience. */
export const until = async (what: () => boolean, patience = 30_000): Promise<boolean> => {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    if (what()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};

/** Titles of the issues Gatehouse made, in order: a second set would show. */
export const made = (play: Play): readonly string[] =>
  [...play.github.state.issues.values()]
    .filter((issue: Issue) => issue.appId !== null && issue.pull === null)
    .map((issue) => issue.title)
    .sort();

/** What `verify` would find. */
export const flawsOf = async (url: string): Promise<readonly string[]> => {
  const flaws: string[] = [];
  await verifyLedger(url, { onFlaw: ({ code, says }) => void flaws.push(`${code}: ${says}`) });
  return flaws;
};
