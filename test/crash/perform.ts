/** Plays one story on a real process that is killed in every act, and again while it recovers; answers what came of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { verifyLedger } from '../../src/engine/verify-ledger.ts';
import { type Scene, shopOptions, stories } from '../faults/story.ts';
import type { FreshDatabase } from '../world/database.ts';
import { settled } from '../world/house.ts';
import { needlessRuns } from '../world/needless-runs.ts';
import { type PictureOfIssue, picture } from '../world/picture.ts';
import { openPlay, type Play } from '../world/play.ts';
import { type Doom, tellDoom } from './doom.ts';

/** What befalls the process in one act; `cut` stops PostgreSQL there as well, without a checkpoint. */
export interface Fate {
  readonly first: Doom;
  /** Of the process that recovers. */
  readonly second?: Doom;
  readonly cut?: boolean;
}

export interface Plan {
  readonly story: number;
  /** By act; an act without a fate is left alone. */
  readonly fates: readonly (Fate | undefined)[];
}

export interface Outcome {
  /** What people see in the end. */
  readonly picture: readonly PictureOfIssue[];
  /** Empty: all is well. */
  readonly wrong: readonly string[];
  readonly kills: number;
  /** Milliseconds from a start after a kill until nothing was left to do. */
  readonly recoveries: readonly number[];
}

/** A database that can be stopped with its power cut, and started again. */
export interface Cellar {
  readonly database: FreshDatabase;
  readonly cutsPower: () => Promise<void>;
}

const deadWithin = 2_500;
const entry = 'test/crash/doomed-main.ts';

/** Whether it died before `ms` were over, or before there was nothing left that could kill it. */
const dies = async (play: Play, ms: number): Promise<boolean> => {
  const until = Date.now() + ms;
  while (Date.now() < until) {
    if (play.house.isGone()) return true;
    await delay(5);
  }
  return false;
};

/** Deliveries nobody took are sent again, as GitHub's log sweep asks it to; here at once, since the sweep has its own story. */
const redeliverLost = (play: Play): number => {
  const newest = new Map(play.github.deliveries.map((one) => [one.guid, one]));
  const lost = [...newest.values()].filter(
    ({ status, statusCode }) => status !== 'pending' && (statusCode < 200 || statusCode > 299),
  );
  for (const one of lost) play.github.redeliver(one.id);
  return lost.length;
};

const settles = async (play: Play): Promise<void> => {
  await settled(play.databaseUrl, play.github, 60_000);
  while (redeliverLost(play) > 0) {
    if (play.house.isGone()) throw new Error('The process died where nobody killed it.');
    await settled(play.databaseUrl, play.github, 60_000);
  }
};

/** Nothing twice: every marker of ours stands on one issue, and every verdict on one head once. */
const doubled = (play: Play): readonly string[] => {
  const seen = new Map<string, number>();
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  for (const issue of play.github.state.issues.values()) {
    const marker = /<!-- gatehouse[^>]*-->/.exec(issue.body ?? '')?.[0];
    if (issue.appId !== null && marker !== undefined) count(marker);
  }
  const needless = needlessRuns([...play.github.state.checkRuns.values()]);
  return [
    ...[...seen].filter(([, times]) => times > 1).map(([what, times]) => `${times} times: ${what}`),
    ...needless.map((run) => `needlessly: check ${run.name} ${run.headSha}`),
  ];
};

/** What was written stays what it was, and what is derived from it is what it would be made anew (threats G11). */
const chainFlaws = async (url: string): Promise<readonly string[]> => {
  const flaws: string[] = [];
  await verifyLedger(url, { onFlaw: (flaw) => void flaws.push(`${flaw.code}: ${flaw.says}`) });
  return flaws;
};

/** Brings a killed house back, killing it once more on the way where its fate says so; answers how often it was killed and how long the rest took. */
const recover = async (
  play: Play,
  fate: Fate,
  cellar: Cellar | undefined,
): Promise<{ kills: number; took: number }> => {
  let kills = 1;
  if (fate.cut === true) await cellar?.cutsPower();
  if (fate.second !== undefined) {
    play.house.launch();
    play.house.tell({ doom: tellDoom(fate.second) });
    redeliverLost(play);
    if (await dies(play, 1_500)) kills += 1;
    else await play.house.kill();
  }
  const began = Date.now();
  await play.house.start();
  await settles(play);
  return { kills, took: Date.now() - began };
};

/** Plays it; without fates it is the run that others are held against. */
export const perform = async (plan: Plan, cellar?: Cellar): Promise<Outcome> => {
  const story = stories[plan.story];
  if (story === undefined) throw new Error(`There is no story ${plan.story}.`);
  const play = await openPlay({
    ...shopOptions,
    entry,
    features: { graphql: story.graphql },
    ...(cellar === undefined ? {} : { database: cellar.database }),
  });
  const { github, acme } = play;
  const scene: Scene = { github, acme, passed: new Set(), heads: [], props: {} };
  const wrong: string[] = [];
  const recoveries: number[] = [];
  let kills = 0;
  try {
    for (const [index, act] of story.acts.entries()) {
      const fate = plan.fates[index];
      if (fate !== undefined) play.house.tell({ doom: tellDoom(fate.first) });
      // GitHub dates comments in whole seconds: one in the second of a push might be about what was there before (threats T12).
      if (act.name.includes('/approve')) await delay(1_050);
      act.deed(scene);
      if (fate === undefined) {
        await settles(play);
        continue;
      }
      // Whichever comes first: its end, or nothing left that could end it.
      const rests = settled(play.databaseUrl, play.github, 60_000).catch(() => undefined);
      await Promise.race([dies(play, deadWithin), rests]);
      // It may still die of what it has begun: after this nothing kills it any more.
      play.house.tell({});
      await delay(50);
      if (!play.house.isGone()) {
        await settles(play);
        continue;
      }
      const { kills: more, took } = await recover(play, fate, cellar);
      kills += more;
      recoveries.push(took);
    }
    wrong.push(...(await chainFlaws(play.databaseUrl)));
    wrong.push(
      ...doubled(play),
      ...github.violations.map((one) => `GitHub was asked wrongly: ${JSON.stringify(one)}`),
    );
    return { picture: picture(github, acme.shop), wrong, kills, recoveries };
  } finally {
    await play.house.kill();
    await play.ends();
  }
};
