/** Natural batching: while one insert is in flight the next deliveries are collected (design §2 rule 11). */
import type { Connection } from './database.ts';
import {
  type NewDelivery,
  type PackedDelivery,
  packDelivery,
  type StoredDelivery,
  storeDeliveries,
} from './deliveries.ts';

/** The way into the inbox. */
export interface Intake {
  /**
   * Resolves when the delivery is committed, never before; two callers with one guid are told the same.
   * Rejects when its batch could not be stored, or it is unknown whether it was: answer 503.
   * Rejects with IntakeFull at once when too much is waiting already, and when its turn has not come within `patience`.
   */
  store(delivery: NewDelivery): Promise<StoredDelivery>;
  /** Packed bytes accepted and not committed yet. */
  readonly waitingBytes: number;
}

export interface IntakeLimits {
  /** Deliveries in one statement at most. */
  readonly batch: number;
  /** Packed bytes in one statement at most (a single larger body still goes, alone). */
  readonly batchBytes: number;
  /** Packed bytes accepted at most while they wait for their commit. */
  readonly waitingBytes: number;
  /** Statements in flight at once. More than one gains 15 % at 10 callers and lets a later batch be read first. */
  readonly flights: number;
  /** Milliseconds a delivery waits for its statement; with the statement's own time it stays below GitHub's 10 s (threats T08). */
  readonly patience: number;
}

/** The inbox cannot keep up or the database stands still; nothing was stored. */
export class IntakeFull extends Error {
  override readonly name = 'IntakeFull';
}

const MiB = 1024 * 1024;
const defaults: IntakeLimits = {
  batch: 200,
  batchBytes: 8 * MiB,
  waitingBytes: 64 * MiB,
  flights: 1,
  patience: 5_000,
};

interface Waiting {
  readonly delivery: PackedDelivery;
  readonly since: number;
  readonly resolve: (stored: StoredDelivery) => void;
  readonly reject: (reason: unknown) => void;
}

/** Opens an intake on a database; each process needs one. */
export const intake = (db: Connection, limits: Partial<IntakeLimits> = {}): Intake => {
  const { batch, batchBytes, waitingBytes, flights, patience } = { ...defaults, ...limits };
  let queue: Waiting[] = [];
  let inFlight = 0;
  let bytes = 0;

  const nextBatch = (): Waiting[] => {
    let size = 0;
    const tooBig = queue.findIndex(({ delivery }, index) => {
      size += delivery.packed.length;
      return index > 0 && (index >= batch || size > batchBytes);
    });
    const taken = tooBig === -1 ? queue : queue.slice(0, tooBig);
    queue = tooBig === -1 ? [] : queue.slice(tooBig);
    return taken;
  };

  /** Behind a database that stands still one statement after another would fail, each too late for whoever waits for it. */
  const refuseLate = (): void => {
    const latest = performance.now() - patience;
    const late = queue.filter(({ since }) => since < latest);
    if (late.length === 0) return;
    queue = queue.filter(({ since }) => since >= latest);
    for (const { delivery, reject } of late) {
      bytes -= delivery.packed.length;
      reject(new IntakeFull('The database is too slow: its turn did not come in time.'));
    }
  };

  const fly = async (taken: readonly Waiting[]): Promise<void> => {
    try {
      const stored = await storeDeliveries(
        db,
        taken.map(({ delivery }) => delivery),
      );
      const byGuid = new Map(stored.map((row) => [row.guid, row]));
      for (const { delivery, resolve, reject } of taken) {
        const row = byGuid.get(delivery.guid);
        if (row) resolve(row);
        else reject(new Error(`Delivery ${delivery.guid} is not in the inbox after storing it.`));
      }
    } catch (error) {
      for (const { reject } of taken) reject(error);
    } finally {
      inFlight -= 1;
      bytes -= taken.reduce((sum, { delivery }) => sum + delivery.packed.length, 0);
      pump();
    }
  };

  const pump = (): void => {
    refuseLate();
    while (inFlight < flights && queue.length > 0) {
      inFlight += 1;
      void fly(nextBatch());
    }
  };

  return {
    store: (delivery) => {
      const packed = packDelivery(delivery);
      if (bytes + packed.packed.length > waitingBytes) {
        return Promise.reject(new IntakeFull('Too many deliveries wait to be stored.'));
      }
      bytes += packed.packed.length;
      return new Promise((resolve, reject) => {
        queue.push({ delivery: packed, since: performance.now(), resolve, reject });
        pump();
      });
    },
    get waitingBytes() {
      return bytes;
    },
  };
};
