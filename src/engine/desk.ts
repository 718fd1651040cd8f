/** One holder's work on one lane: decisions pile up here and are written together, in one transaction. */
import type { EpicCommand } from '../core/epic/commands.ts';
import { type Decision, decide } from '../core/epic/decide.ts';
import type { EpicEvent } from '../core/epic/events.ts';
import { evolve, replay } from '../core/epic/evolve.ts';
import type { Epic } from '../core/epic/state.ts';
import { isHandled, recordCause } from '../ledger/causes.ts';
import { append, readStream } from '../ledger/epics.ts';
import type { LaneHold } from '../ledger/lane.ts';
import { type KeepInStep, promise, type SayOnce } from '../ledger/outbox.ts';
import { inTransaction, type Transaction } from '../ledger/transaction.ts';
import { type Engine, epicLane } from './engine.ts';
import { projectChange } from './project-change.ts';
import { noticesOf } from './tell.ts';
import type { Waits } from './waits.ts';
import { choiceWishes } from './wish-choice.ts';
import { paintWish } from './wish-paint.ts';

interface Decided {
  readonly epicId: string;
  readonly command: EpicCommand;
  readonly events: readonly EpicEvent[];
}

interface Known {
  readonly stored: number;
  readonly epic: Epic;
  readonly events: readonly EpicEvent[];
}

type Deed = (tx: Transaction) => Promise<void>;

/** See `openDesk`. */
export interface Desk {
  readonly hold: LaneHold;
  /** The epic as it is with everything decided here so far. */
  readonly epic: (epicId: string) => Promise<Epic>;
  /** Its events, those decided here too: for questions about what happened. */
  readonly history: (epicId: string) => Promise<readonly EpicEvent[]>;
  /** Decides a command and keeps what follows for `commit`; `handled` where its cause was handled before (rule 6). */
  readonly handle: (epicId: string, command: EpicCommand, once?: 'once') => Promise<Decision | 'handled'>;
  /** Promises effects together with the decisions. */
  readonly promise: (...effects: readonly (KeepInStep | SayOnce)[]) => void;
  /** Anything else to be written in the same transaction; `wakes` is a lane that then has something to read. */
  readonly also: (deed: Deed, wakes?: string) => void;
  /** Remembers where the pile stands; calling the result throws away what came after. */
  readonly savepoint: () => () => void;
  /** Writes it all, or nothing; answers the lanes that have something to do now. */
  readonly commit: () => Promise<ReadonlySet<string>>;
}

interface Pile {
  readonly known: ReadonlyMap<string, Known>;
  readonly decided: readonly Decided[];
  readonly causes: readonly { readonly lane: string; readonly cause: string }[];
  readonly effects: readonly (KeepInStep | SayOnce)[];
  readonly deeds: readonly Deed[];
  readonly woken: readonly string[];
}

const empty: Pile = { known: new Map(), decided: [], causes: [], effects: [], deeds: [], woken: [] };

const writeEvents = async (tx: Transaction, pile: Pile): Promise<void> => {
  const versions = new Map([...pile.known].map(([id, known]) => [id, known.stored]));
  for (const { epicId, command, events } of pile.decided) {
    const expectedVersion = versions.get(epicId) ?? 0;
    const actorId = command.by.id === 0 ? null : command.by.id;
    const { cause, at } = command;
    versions.set(epicId, await append(tx, { epicId, expectedVersion, events, cause, actorId, at }));
  }
  for (const epicId of new Set(pile.decided.map((one) => one.epicId))) {
    const events = pile.decided.filter((one) => one.epicId === epicId).flatMap((one) => one.events);
    const epic = pile.known.get(epicId)?.epic;
    if (epic !== undefined)
      await projectChange(tx, { epicId, epic, events, version: versions.get(epicId) ?? 0 });
  }
};

const write = async (tx: Transaction, pile: Pile): Promise<void> => {
  for (const deed of pile.deeds) await deed(tx);
  await writeEvents(tx, pile);
  for (const { lane, cause } of pile.causes) await recordCause(tx, lane, cause);
  if (pile.effects.length === 0) return;
  const waiting = await promise(tx, pile.effects);
  const checks = waiting.filter(({ kind }) => kind === 'paint').map(checksWish);
  if (checks.length > 0) await promise(tx, checks);
};

/** Who waits with the picture does not wait with the verdict. */
const checksWish = (paint: KeepInStep): KeepInStep => ({
  ...paint,
  key: 'checks',
  kind: 'checks',
  priority: 1,
});

const tellWaits = (waits: Waits, { known, decided }: Pile): void => {
  for (const epicId of new Set(decided.map((one) => one.epicId))) {
    const fresh = decided.filter((one) => one.epicId === epicId).flatMap((one) => one.events);
    waits.written(known.get(epicId)?.events ?? [], fresh.length);
  }
};

/**
 * Opens a desk on a held lane. Order is kept because the lane is held; what is decided is not acted on before
 * `commit` has written it (design rule 4).
 */
export const openDesk = (hold: LaneHold, { reach, waits }: Pick<Engine, 'reach' | 'waits'> = {}): Desk => {
  let pile = empty;

  const know = async (epicId: string): Promise<Known> => {
    const known = pile.known.get(epicId);
    if (known !== undefined) return known;
    const stream = await readStream(hold, epicId);
    const { version: stored, events } = stream;
    const read = { stored, events, epic: replay(events) };
    pile = { ...pile, known: new Map(pile.known).set(epicId, read) };
    return read;
  };

  const note = (epicId: string, command: EpicCommand, events: readonly EpicEvent[], known: Known): void => {
    if (events.length === 0) return;
    const epic = events.reduce<Epic>(evolve, known.epic);
    pile = {
      ...pile,
      known: new Map(pile.known).set(epicId, { ...known, epic, events: [...known.events, ...events] }),
      decided: [...pile.decided, { epicId, command, events }],
      effects: [
        ...pile.effects,
        paintWish(epicId),
        ...(epic.status === 'unopened'
          ? []
          : [...noticesOf(epicId, epic, events), ...choiceWishes(epicId, epic, events)]),
      ],
    };
  };

  const handle: Desk['handle'] = async (epicId, command, once) => {
    const lane = epicLane(epicId);
    const seen = (one: Pile['causes'][number]): boolean => one.lane === lane && one.cause === command.cause;
    if (once !== undefined) {
      if (pile.causes.some(seen) || (await isHandled(hold, lane, command.cause))) return 'handled';
      pile = { ...pile, causes: [...pile.causes, { lane, cause: command.cause }] };
    }
    const known = await know(epicId);
    const decision = decide(known.epic, command);
    note(epicId, command, decision.events, known);
    return decision;
  };

  const commit: Desk['commit'] = async () => {
    const written = pile;
    pile = empty;
    const idle = written.effects.length + written.deeds.length + written.causes.length === 0;
    if (!idle) {
      await inTransaction(hold, async (tx) => {
        await write(tx, written);
        if (reach !== undefined) await reach('B13');
      });
      if (reach !== undefined) await reach('B6');
      if (waits !== undefined) tellWaits(waits, written);
    }
    return new Set([...written.effects.map((effect) => effect.lane), ...written.woken]);
  };

  return {
    hold,
    epic: async (epicId) => (await know(epicId)).epic,
    history: async (epicId) => (await know(epicId)).events,
    handle,
    promise: (...effects) => {
      pile = { ...pile, effects: [...pile.effects, ...effects] };
    },
    also: (deed, wakes) => {
      const woken = wakes === undefined ? pile.woken : [...pile.woken, wakes];
      pile = { ...pile, deeds: [...pile.deeds, deed], woken };
    },
    savepoint: () => {
      const before = pile;
      return () => {
        pile = before;
      };
    },
    commit,
  };
};
