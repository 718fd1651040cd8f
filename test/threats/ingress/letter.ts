/** Deliveries as anybody may send them: genuine, forged or malformed; and a look at what was kept of them. */
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import pg from 'pg';
import type { Acme } from '../../world/github/world.ts';
import { app } from '../../world/house.ts';

/** How a delivery is sent; what is left out is as GitHub does it. */
export interface Letter {
  readonly event?: string;
  readonly guid?: string;
  readonly secret?: string;
  /** Headers to add, to send twice (a list) or, where undefined, to leave out. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The body's signature as GitHub writes it. */
export const sign = (body: Uint8Array | string, secret: string = app.secret, algorithm = 'sha256'): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Posts it and answers the status; 0 where the connection ended without an answer. */
export const post = (
  door: { readonly webhooks: string },
  body: Uint8Array | string,
  how: Letter = {},
): Promise<number> =>
  new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'x-github-event': how.event ?? 'issues',
      'x-github-delivery': how.guid ?? randomUUID(),
      'x-hub-signature-256': sign(body, how.secret),
      ...how.headers,
    };
    const given = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    const asking = request(door.webhooks, { method: 'POST', agent, headers: Object.fromEntries(given) });
    asking.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', () => resolve(answer.statusCode ?? 0));
    });
    asking.on('error', () => resolve(0));
    asking.end(body);
  });

/** Does `work` for each of `many`, so many at once. */
export const inParallel = async <T>(
  many: readonly T[],
  atOnce: number,
  work: (one: T, index: number) => Promise<void>,
): Promise<void> => {
  const left = [...many.entries()];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
};

/** Asks the ledger's database. */
export const ask = async <Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
): Promise<readonly Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** How many deliveries the inbox holds. */
export const stored = async (url: string): Promise<number> =>
  Number((await ask<{ count: string }>(url, 'select count(*) from deliveries'))[0]?.count);

/** Every example of a webhook that GitHub publishes. */
export const examples: readonly {
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}[] = (
  createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json') as readonly {
    readonly name: string;
    readonly examples: readonly Readonly<Record<string, unknown>>[];
  }[]
).flatMap(({ name, examples: bodies }) => bodies.map((body) => ({ event: name, body })));

/** The frame that makes a body one of acme's. */
export const frameOf = ({ shop, installation, org }: Acme) => ({
  installation: { id: installation.id },
  repository: {
    id: shop.id,
    node_id: shop.nodeId,
    name: shop.name,
    owner: { login: org.login },
    default_branch: shop.defaultBranch,
    private: shop.private,
  },
});

/** One figure of `/metrics`, by the beginning of its line. */
export const metric = async (url: string, line: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? 0 : Number(found.slice(line.length + 1));
};

/** Resident memory of the process behind `url`, in MB. */
export const memoryOf = async (url: string): Promise<number> =>
  (await metric(url, 'process_resident_memory_bytes')) / 2 ** 20;

/** Waits until the house has looked at what there is, as each start does. */
export const hasLookedAround = async (url: string): Promise<void> => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    const looked = await ask(url, `select 1 from promises where kind = 'full-survey' and wanted <= done`);
    if (looked.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never looked around.');
};
