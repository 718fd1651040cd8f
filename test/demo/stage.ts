/** Where the demo plays: the stand-in GitHub behind a small web front, and the real Gatehouse with its embedded database. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StandIn, startGitHub } from '../world/github/stand-in.ts';
import type { Issue, Repository } from '../world/github/state.ts';
import { seedAcme } from '../world/github/world.ts';
import { app, freePort, type House, prepareHouse } from '../world/house.ts';
import type { Person } from '../world/people.ts';
import { type Front, openFront } from './front.ts';

/** What the story needs of its stage. */
export interface Stage {
  readonly github: StandIn;
  readonly shop: Repository;
  readonly house: House;
  readonly front: Front;
  /** The pull request of the story, once opened. */
  opened: Issue | undefined;
  readonly person: (login: string) => Person;
  /** The newest issue of a stage; throws where there is none. */
  readonly issueOf: (key: string) => Issue;
  /** Waits until GitHub has delivered everything and Gatehouse has done everything. */
  readonly settles: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const figure = (metrics: string, line: RegExp): number => Number(line.exec(metrics)?.[1] ?? Number.NaN);

const isIdle = async (house: House): Promise<boolean> => {
  const metrics = await (await fetch(`${house.url}/metrics`)).text();
  const left = [/what="unread"\} (\d+)/, /what="due"\} (\d+)/, /gatehouse_lanes_busy (\d+)/].map((line) =>
    figure(metrics, line),
  );
  return left.every((count) => count === 0);
};

const waitUntilIdle = async (github: StandIn, house: House): Promise<void> => {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
    await github.settled();
    if (await isIdle(house)) {
      await github.settled();
      if (await isIdle(house)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Something did not come to rest within 15 s.\n${house.output()}`);
};

/** Builds it all; the embedded database lives in a temporary folder that `close` removes. */
export const openStage = async (): Promise<Stage> => {
  const data = await mkdtemp(join(tmpdir(), 'gatehouse-demo-'));
  // As root the database runs as somebody else, who must be able to get there.
  await chmod(data, 0o755);
  const github = await startGitHub({
    appId: app.id,
    webhookSecret: app.secret,
    publicKey: app.key.publicKey,
  });
  const { shop } = seedAcme(github);
  const front = await openFront(github, shop, await freePort());
  const house = await prepareHouse({ githubUrl: `${front.url}/api/v3`, env: { GATEHOUSE_DATA: data } });
  await house.start();
  github.webhookTarget = house.webhooks;
  return {
    github,
    shop,
    house,
    front,
    opened: undefined,
    person: github.person,
    issueOf: (key) => {
      const found = [...github.state.issues.values()].filter(
        (one) => one.pull === null && one.title.startsWith(`${key}: `),
      );
      const last = found.at(-1);
      if (last === undefined) throw new Error(`There is no issue for stage ${key}.`);
      return last;
    },
    settles: () => waitUntilIdle(github, house),
    close: async () => {
      await house.stop();
      await front.close();
      await github.close();
      await rm(data, { recursive: true, force: true });
    },
  };
};
