/** Watches that nobody asks GitHub again before the moment GitHub named (threats I8). */

import type { Replica } from './replica.ts';
import type { Passing, Toll, Traveller } from './road.ts';
import type { World } from './world.ts';

/** See `watchPauses`. */
export interface PauseWatch {
  readonly toll: Toll;
  /** A replica reads what the others were told; what they are told meanwhile it need not know. Throws what `read` throws. */
  readonly learns: (replica: Replica, read: () => Promise<unknown>) => Promise<void>;
  /** How often GitHub asked to wait. */
  readonly count: () => number;
}

/** Requests that left while the answer was being read are nobody's fault; milliseconds of our own computing, whatever else the machine does. */
const grace = 5;
/** GitHub counts in seconds, we in milliseconds. */
const tolerance = 50;

const untilOf = async (answer: Response): Promise<number | undefined> => {
  if (answer.status !== 403 && answer.status !== 429) return undefined;
  const after = answer.headers.get('retry-after');
  if (after !== null) return Date.now() + Number(after) * 1_000;
  if (answer.headers.get('x-ratelimit-remaining') === '0')
    return Number(answer.headers.get('x-ratelimit-reset')) * 1_000;
  return /secondary rate limit/i.test(await answer.clone().text()) ? Date.now() + 60_000 : undefined;
};

/** Tells `broken` of every request that came too early. */
export const watchPauses = (world: World, broken: (what: string) => void): PauseWatch => {
  const pauses = new Map<string, { readonly until: number; readonly heard: number }>();
  const worked = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  let count = 0;
  const keyOf = ({ name }: Traveller, byApp: boolean): string => `${name}/${byApp ? 'app' : 'installation'}`;
  const note = (key: string, until: number): void => {
    if ((pauses.get(key)?.until ?? 0) < until) pauses.set(key, { until, heard: worked() });
  };
  return {
    toll: {
      leaves: (traveller, { path, byApp }: Passing) => {
        const pause = pauses.get(keyOf(traveller, byApp));
        if (pause === undefined || worked() - pause.heard < grace) return;
        const early = pause.until - Date.now();
        if (early > tolerance)
          broken(`I8: ${traveller.name} asked ${path} ${Math.round(early)} ms too early`);
      },
      returns: (traveller, { byApp }, answer) => {
        if (answer.status !== 403 && answer.status !== 429) return;
        void untilOf(answer).then((until) => {
          if (until === undefined) return;
          count += 1;
          note(keyOf(traveller, byApp), until);
        });
      },
    },
    learns: async (replica, read) => {
      const { rows } = await world.admin.query<{ left: number }>(
        `select extract(epoch from until - clock_timestamp())::float8 * 1000 as left from pauses where until > clock_timestamp()`,
      );
      const asked = Date.now();
      await read();
      for (const { left } of rows) note(keyOf(replica, false), asked + left);
    },
    count: () => count,
  };
};
