/** One pass of comparing everything with GitHub: who begins it, and what it wishes. What is compared, each lane does in its turn. */
import type { KeepInStep } from '../../ledger/outbox.ts';
import { promise } from '../../ledger/outbox.ts';
import { openEpics } from '../../ledger/read-models/live-epics.ts';
import { activeRepositories } from '../../ledger/repositories.ts';
import { claimRound } from '../../ledger/rounds.ts';
import { inTransaction } from '../../ledger/transaction.ts';
import type { Engine } from '../engine.ts';
import { refreshWish, surveyWish } from '../wish-refresh.ts';
import { findRepositoriesAgain } from './find-repositories.ts';
import { levelInstallations } from './level-installations.ts';

/** `full`: everything is asked anew; `level`: what agreed the last time is asked for with its etag. */
export type Depth = 'full' | 'level';

const page = 1_000;
const day = 24 * 3_600_000;
/** Starts that follow each other faster than this share one full pass. */
const apart = 60_000;

/** What is wished, and in whose turn it is done: a pass over many must not keep another repository waiting (threats T10). */
interface Turn {
  readonly wish: KeepInStep;
  readonly repositoryId: number;
}

const wish = async (engine: Engine, turns: readonly Turn[]): Promise<void> => {
  await inTransaction(engine.db, (tx) =>
    promise(
      tx,
      turns.map((turn) => turn.wish),
    ),
  );
  for (const turn of turns) engine.wake(turn.wish.lane, undefined, turn.repositoryId);
};

const wishSurveys = async (engine: Engine, depth: Depth): Promise<void> => {
  for (let after = 0; ; ) {
    const ids = await activeRepositories(engine.db, after, page);
    const last = ids.at(-1);
    if (last === undefined) return;
    await wish(
      engine,
      ids.map((id) => ({ wish: surveyWish(id, depth), repositoryId: id })),
    );
    after = last;
  }
};

/** Promises every repository a survey and every open epic a comparison; answers how many epics. */
export const reconcileEpics = async (engine: Engine, depth: Depth = 'full'): Promise<number> => {
  await findRepositoriesAgain(engine, depth);
  await wishSurveys(engine, depth);
  let count = 0;
  for (let after = ''; ; ) {
    const epics = await openEpics(engine.db, after, page);
    const last = epics.at(-1);
    if (last === undefined) return count;
    await wish(
      engine,
      epics.map(({ id, repositoryId }) => ({
        wish: refreshWish(id, depth === 'full' ? 'reconcile' : 'level'),
        repositoryId,
      })),
    );
    count += epics.length;
    after = last.id;
  }
};

/** What a start begins with: where the App is, then everything there. False where GitHub could not say where that is. */
export const reconcileAll = async (engine: Engine): Promise<boolean> => {
  const whole = await levelInstallations(engine);
  await reconcileEpics(engine, 'full');
  return whole;
};

/**
 * The job every replica asks for: one pass per `every` milliseconds over all of them, the first after a start and one a
 * day a full one; one that failed is begun anew. Answers whether this process began it.
 */
export const beginPasses = (every: number): ((engine: Engine) => Promise<boolean>) => {
  let started = false;
  return async (engine) => {
    const pause = started ? day : Math.min(apart, every);
    if (await claimRound(engine.db, 'reconcile-full', pause)) {
      started = false;
      await claimRound(engine.db, 'reconcile', 0);
      started = await reconcileAll(engine);
      return true;
    }
    started = true;
    // A little less than the job's own pause, so that a clock's jitter does not skip every second pass.
    if (!(await claimRound(engine.db, 'reconcile', every * 0.9))) return false;
    await reconcileEpics(engine, 'level');
    return true;
  };
};
