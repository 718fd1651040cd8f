/** Everything that must hold after a schedule, and where each invariant of threats §4.1 is asserted. */
import type pg from 'pg';
import {
  approvalsAreTrue,
  checksAreTrue,
  deliveriesEnded,
  everythingWasMeant,
  historyAddsUp,
  nothingTwice,
  peoplesWords,
} from './invariants.ts';
import { alarmsAreTrue, limitsKept, nobodyElseAsked, secretsKept } from './manners.ts';
import type { Scene } from './story.ts';

/** What was seen from outside while it was played. */
export interface Seen {
  /** Deliveries that were answered with 2xx. */
  readonly accepted: ReadonlySet<string>;
  readonly log: readonly string[];
}

/**
 * Sentences, one for each breach; none where all is well.
 *
 * I1 deliveriesEnded · I2 nothingTwice · I3 historyAddsUp · I4 approvalsAreTrue · I5 checksAreTrue (also at every request,
 * in `play.ts`) · I6 `converge` in `play.ts`, against the undisturbed run · I7 everythingWasMeant · I8 limitsKept, and
 * `watchPauses` at every request · I9 secretsKept · I10 nobodyElseAsked · I11 alarmsAreTrue · I12 peoplesWords.
 * `mischief.test.ts` breaks each of them once.
 */
export const holdAgainst = async (db: pg.Client, scene: Scene, seen: Seen): Promise<readonly string[]> => [
  ...nothingTwice(scene),
  ...checksAreTrue(scene),
  ...peoplesWords(scene),
  ...limitsKept(scene),
  ...nobodyElseAsked(scene),
  ...(await deliveriesEnded(db, seen.accepted)),
  ...(await historyAddsUp(db)),
  ...(await approvalsAreTrue(db, scene)),
  ...(await everythingWasMeant(db, scene)),
  ...(await secretsKept(db, scene, seen.log)),
  ...(await alarmsAreTrue(db)),
];
