/** Is the past what it was? Every stream's chain is computed again, and everything derived from it compared (threats T95). */
import { type Head, type Snapshot, withSnapshot } from '../ledger/verify-snapshot.ts';
import { compareDerived } from './verify/compare.ts';
import type { Flaw } from './verify/flaw.ts';
import { type Followed, type Follower, followStream } from './verify/follow-stream.ts';

export type { Head } from '../ledger/verify-snapshot.ts';

/** What to hold the ledger against, and whom to tell. */
export interface Inquiry {
  /** Heads kept from an earlier run: a stream must still contain each of them. */
  readonly against?: Iterable<Head> | AsyncIterable<Head>;
  readonly onFlaw: (flaw: Flaw) => void;
  /** Told of each stream's last event. */
  readonly onHead?: (head: Head) => void;
}

/** How much was looked at. */
export interface Verified {
  readonly epics: number;
  readonly events: number;
  readonly flaws: number;
}

/** Streams compared in one go: few questions to the database, little memory. */
const batch = 200;

const headOf = ({ epicId, version, hash }: Followed): Head => ({
  epic: epicId,
  version,
  hash: hash.toString('hex'),
});

/** Each stream once, as soon as its last event was read. */
async function* streamsOf(snapshot: Snapshot, count: () => void): AsyncGenerator<Followed> {
  let follower: Follower | undefined;
  for await (const some of snapshot.events()) {
    for (const event of some) {
      if (follower?.epicId !== event.epicId) {
        if (follower !== undefined) yield follower.end();
        follower = followStream(event.epicId);
      }
      follower.take(event);
      count();
    }
  }
  if (follower !== undefined) yield follower.end();
}

async function* inBatches<T>(all: Iterable<T> | AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let some: T[] = [];
  for await (const one of all) {
    some.push(one);
    if (some.length < batch) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

async function* flawsAgainst(
  snapshot: Snapshot,
  known: NonNullable<Inquiry['against']>,
): AsyncGenerator<Flaw> {
  for await (const heads of inBatches(known)) {
    const hashes = await snapshot.hashesAt(heads);
    for (const [index, { epic, version, hash }] of heads.entries()) {
      const now = hashes[index] ?? null;
      if (now === null)
        yield {
          code: 'truncated',
          epic,
          version,
          says: 'it was there when the heads were kept, and is gone',
        };
      else if (now !== hash.toLowerCase())
        yield { code: 'rewritten', epic, version, says: 'it is not what it was when the heads were kept' };
    }
  }
}

/**
 * Looks at one moment of the ledger that `url` names, while a service may go on with it. Throws where it cannot be read.
 * A change that also made every hash after it anew is only found against heads that were kept elsewhere.
 */
export const verifyLedger = (url: string, { against, onFlaw, onHead }: Inquiry): Promise<Verified> =>
  withSnapshot(url, async (snapshot) => {
    let [epics, events, flaws] = [0, 0, 0];
    const tell = (flaw: Flaw): void => {
      flaws += 1;
      onFlaw(flaw);
    };
    const counted = streamsOf(snapshot, () => {
      events += 1;
    });
    for await (const streams of inBatches(counted)) {
      epics += streams.length;
      for (const flaw of streams.flatMap((stream) => stream.flaws)) tell(flaw);
      for (const flaw of await compareDerived(snapshot, streams)) tell(flaw);
      for (const stream of streams) onHead?.(headOf(stream));
    }
    for (const epic of await snapshot.orphans())
      tell({ code: 'orphan', epic, version: null, says: 'it is in lists, and has no events' });
    if (against !== undefined) for await (const flaw of flawsAgainst(snapshot, against)) tell(flaw);
    return { epics, events, flaws };
  });
