/** How long people were waited for at gates: from submission to whatever ended the wait (requirements TO-08). */
import type { EpicEvent } from '../epic/events.ts';
import type { StageDefinition, StageKey } from '../workflow/definition.ts';
import { secondsBetween, thisRound } from './steps.ts';

/** What ended a wait. */
export type GateEnd = 'passed' | 'overridden' | 'timed-out' | 'rejected' | 'skipped' | 'cancelled';

/** One wait; `to` and `how` are null while it lasts. */
export interface GateWait {
  readonly stage: StageKey;
  readonly gate: string;
  readonly from: string;
  readonly to: string | null;
  readonly how: GateEnd | null;
  /** Of the world's time, pauses and nights included; up to now while it lasts. */
  readonly seconds: number;
}

interface Open {
  readonly from: string;
  readonly how: GateEnd;
}

const ends: Readonly<Partial<Record<EpicEvent['type'], GateEnd>>> = {
  StageRejected: 'rejected',
  StageSkipped: 'skipped',
  StageReopened: 'rejected',
};

const stagesIn = (event: EpicEvent): readonly StageDefinition[] => {
  if (event.type === 'EpicOpened' || event.type === 'DefinitionMigrated') return event.definition.stages;
  return event.type === 'WorkflowExtended' ? [event.definition] : [];
};

/** Every gate there was in the round, under its last name. */
const gatesOf = (events: readonly EpicEvent[]): ReadonlyMap<StageKey, string> =>
  new Map(
    events
      .flatMap(stagesIn)
      .flatMap(({ key, gate }) => (gate === undefined ? [] : [[key, gate.name] as const])),
  );

/** Every wait of this round in the order in which they began. */
export const gateWaits = (history: readonly EpicEvent[], now: string): readonly GateWait[] => {
  const events = thisRound(history);
  const gates = gatesOf(events);
  const open = new Map<StageKey, Open>();
  const over: GateWait[] = [];
  const ended = new Map<StageKey, GateEnd | undefined>();
  const wait = (stage: StageKey, from: string, end?: { to: string; how: GateEnd }): GateWait => ({
    stage,
    gate: gates.get(stage) ?? '',
    from,
    to: end?.to ?? null,
    how: end?.how ?? null,
    seconds: secondsBetween(from, end?.to ?? now),
  });
  const close = (stage: StageKey, to: string, how: GateEnd): void => {
    const known = open.get(stage);
    ended.set(stage, known === undefined ? undefined : how);
    if (known !== undefined && open.delete(stage)) over.push(wait(stage, known.from, { to, how }));
  };
  /** What was taken back ended no wait: people are waited for again, unless nobody was before it. */
  const again = (stage: StageKey, at: string, kind: string): void => {
    const by = ended.get(stage);
    const sameDeed = by === 'skipped' || by === 'rejected' || by === 'overridden';
    if (sameDeed && by.startsWith(kind) && !open.has(stage)) open.set(stage, { from: at, how: 'passed' });
  };
  for (const event of events) {
    if (event.type === 'EpicCancelled') for (const key of [...open.keys()]) close(key, event.at, 'cancelled');
    if (!('stage' in event) || event.stage === undefined || !gates.has(event.stage)) continue;
    const { type, stage, at } = event;
    const end = ends[type];
    if (type === 'StageSubmitted' || type === 'GateReopened') open.set(stage, { from: at, how: 'passed' });
    else if (type === 'GateOverridden')
      open.set(stage, { from: open.get(stage)?.from ?? at, how: 'overridden' });
    else if (type === 'GateTimedOut')
      open.set(stage, { from: open.get(stage)?.from ?? at, how: 'timed-out' });
    else if (type === 'DeedUndone') again(stage, at, event.kind);
    else if (type === 'GatePassed') close(stage, at, open.get(stage)?.how ?? 'passed');
    else if (end !== undefined) close(stage, at, end);
  }
  const lasting = [...open].map(([stage, { from }]) => wait(stage, from));
  return [...over, ...lasting].sort((one, other) => one.from.localeCompare(other.from));
};
