/** One stream, event by event: its versions, its chain, and the state it makes. */
import type { EpicEvent } from '../../core/epic/events.ts';
import { evolve } from '../../core/epic/evolve.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import { type Epic, unopened } from '../../core/epic/state.ts';
import type { KnownSubject } from '../../ledger/subjects.ts';
import { type ChainedEvent, chainHash, chainStart } from '../../ledger/verify-chain.ts';
import { placeOf } from '../project-change.ts';
import type { Flaw } from './flaw.ts';

/** What a stream came to; small, however long the stream was. */
export interface Followed {
  readonly epicId: string;
  readonly version: number;
  readonly hash: Buffer;
  /** Undefined where it could not be replayed or was never opened. */
  readonly state: OpenedEpic | undefined;
  readonly last: string;
  /** What its events say numbers are, the latest word for each. */
  readonly places: ReadonlyMap<string, KnownSubject>;
  readonly flaws: readonly Flaw[];
}

/** See `followStream`. */
export interface Follower {
  readonly epicId: string;
  readonly take: (event: ChainedEvent) => void;
  readonly end: () => Followed;
}

const isEvent = (value: unknown): value is EpicEvent =>
  typeof value === 'object' && value !== null && 'type' in value && 'at' in value && 'by' in value;

const read = (row: ChainedEvent): EpicEvent | string => {
  const data: unknown = JSON.parse(row.data);
  if (!isEvent(data)) return 'is no event';
  return data.type === row.type ? data : `says ${String(data.type)} inside and ${row.type} outside`;
};

const key = ({ repositoryId, number }: KnownSubject): string => `${repositoryId}/${number}`;

/** Begins a stream. Each flaw is told once, where it is: what follows a changed event is held against what is stored. */
export const followStream = (epicId: string): Follower => {
  const flaws: Flaw[] = [];
  const places = new Map<string, KnownSubject>();
  let [version, hash, last, sound] = [0, chainStart, '', true];
  let state: Epic = unopened;

  const flaw = (code: Flaw['code'], at: number, says: string): void => {
    flaws.push({ code, epic: epicId, version: at, says });
  };

  const place = (event: EpicEvent): void => {
    if (state.status === 'unopened') return;
    if (event.type === 'PullRequestUnlinked') places.delete(`${state.subject.repository.id}/${event.number}`);
    const placed = placeOf(epicId, state, event);
    if (placed !== undefined) places.set(key(placed), placed);
  };

  const replay = (row: ChainedEvent): void => {
    try {
      const event = read(row);
      if (typeof event === 'string') throw new Error(event);
      state = evolve(state, event);
      last = event.at;
      place(event);
    } catch (failure) {
      sound = false;
      flaw(
        'replay',
        row.version,
        `cannot be replayed: ${failure instanceof Error ? failure.message : failure}`,
      );
    }
  };

  return {
    epicId,
    take: (row) => {
      if (row.version !== version + 1)
        flaw(
          'gap',
          row.version,
          version === 0 ? `the stream begins at ${row.version}` : `${version} is followed by ${row.version}`,
        );
      if (!chainHash(hash, row).equals(row.hash))
        flaw(
          'hash',
          row.version,
          'its hash is not that of its contents after the event before: it, or what was there, was changed',
        );
      [version, hash] = [row.version, row.hash];
      if (sound) replay(row);
    },
    end: () => ({
      epicId,
      version,
      hash,
      state: sound && state.status !== 'unopened' ? state : undefined,
      last,
      places,
      flaws,
    }),
  };
};
