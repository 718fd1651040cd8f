/** How long people were waited for at gates: from submission to whatever ended the wait (requirements TO-08). */
import type { Deed } from '../epic/deed.ts';
import type { EpicEvent } from '../epic/events.ts';
import type { StageDefinition, StageKey } from '../workflow/definition.ts';
import { secondsBetween, thisRound } from './steps.ts';

/** What ended a wait. */
export type GateEnd =
  | 'passed'
  | 'overridden'
  | 'timed-out'
  | 'rejected'
  | 'skipped'
  | 'cancelled'
  /** A migration took the gate away. */
  | 'removed';

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

/** What ended by a deed that can be taken back. */
const endedBy: Readonly<Partial<Record<Deed['kind'], GateEnd>>> = {
  skip: 'skipped',
  reject: 'rejected',
  override: 'overridden',
};

/** What is known of the stages between two events. */
interface Known {
  /** Every gate there was in the round, under its last name. */
  readonly names: Map<StageKey, string>;
  /** Stages that have a gate now. */
  readonly gated: Set<StageKey>;
  readonly submitted: Set<StageKey>;
  /** They keep their gate whatever a migration brings. */
  readonly over: Set<StageKey>;
  readonly open: Map<StageKey, Open>;
}

const learn = ({ names, gated, over }: Known, stages: readonly StageDefinition[]): void => {
  for (const { key, gate } of stages) {
    if (over.has(key)) continue;
    if (gate === undefined) gated.delete(key);
    else {
      names.set(key, gate.name);
      gated.add(key);
    }
  }
};

const follow = ({ submitted, over }: Known, { type, stage }: { type: string; stage: StageKey }): void => {
  if (type === 'StageSubmitted') submitted.add(stage);
  if (type === 'StageDone' || type === 'StageSkipped') over.add(stage);
  if (type === 'StageReopened' || type === 'DeedUndone') over.delete(stage);
  if (/^Stage(?:Rejected|Reopened|Done|Skipped)$/.test(type)) submitted.delete(stage);
};

/** Waits whose gate is no more, and stages in review that have one only now. */
const migrated = (known: Known, stages: readonly StageDefinition[]) => {
  const before = new Set(known.gated);
  learn(known, stages);
  const kept = new Set(stages.filter(({ gate }) => gate !== undefined).map(({ key }) => key));
  return {
    gone: [...known.open.keys()].filter((key) => !kept.has(key)),
    come: [...known.submitted].filter((key) => known.gated.has(key) && !before.has(key)),
  };
};

/** Every wait of this round in the order in which they began. */
export const gateWaits = (history: readonly EpicEvent[], now: string): readonly GateWait[] => {
  const known: Known = {
    names: new Map(),
    gated: new Set(),
    submitted: new Set(),
    over: new Set(),
    open: new Map(),
  };
  const { open } = known;
  const past: GateWait[] = [];
  const ended = new Map<StageKey, GateEnd | undefined>();
  const wait = (stage: StageKey, from: string, end?: { to: string; how: GateEnd }): GateWait => ({
    stage,
    gate: known.names.get(stage) ?? '',
    from,
    to: end?.to ?? null,
    how: end?.how ?? null,
    seconds: secondsBetween(from, end?.to ?? now),
  });
  const close = (stage: StageKey, to: string, how: GateEnd): void => {
    const one = open.get(stage);
    ended.set(stage, one === undefined ? undefined : how);
    if (one !== undefined && open.delete(stage)) past.push(wait(stage, one.from, { to, how }));
  };
  const begin = (stage: StageKey, from: string, how: GateEnd = 'passed'): void =>
    void open.set(stage, { from, how });
  for (const event of thisRound(history)) {
    const { type, at } = event;
    if (type === 'EpicOpened') learn(known, event.definition.stages);
    else if (type === 'WorkflowExtended') learn(known, [event.definition]);
    else if (type === 'EpicCancelled') for (const key of [...open.keys()]) close(key, at, 'cancelled');
    else if (type === 'DefinitionMigrated') {
      const { gone, come } = migrated(known, event.definition.stages);
      for (const key of gone) close(key, at, 'removed');
      for (const key of come) begin(key, at);
    }
    if (!('stage' in event) || event.stage === undefined) continue;
    const { stage } = event;
    follow(known, { type, stage });
    if (!known.gated.has(stage)) continue;
    const end = ends[type];
    if (type === 'StageSubmitted' || type === 'GateReopened') begin(stage, at);
    else if (type === 'GateOverridden') begin(stage, open.get(stage)?.from ?? at, 'overridden');
    else if (type === 'GateTimedOut') begin(stage, open.get(stage)?.from ?? at, 'timed-out');
    // What was taken back ended no wait: people are waited for again, unless nobody was before it.
    else if (
      type === 'DeedUndone' &&
      endedBy[event.kind] !== undefined &&
      ended.get(stage) === endedBy[event.kind]
    )
      begin(stage, at);
    else if (type === 'GatePassed') close(stage, at, open.get(stage)?.how ?? 'passed');
    else if (end !== undefined) close(stage, at, end);
  }
  const lasting = [...open].map(([stage, { from }]) => wait(stage, from));
  return [...past, ...lasting].sort((one, other) => one.from.localeCompare(other.from));
};
