/** What can be taken back for a while, and what it takes to do so. */
import type { StageKey } from '../workflow/definition.ts';
import type { EpicEvent } from './events.ts';
import type { Part } from './hold.ts';
import type { Person } from './person.ts';
import type { Priority } from './priority.ts';
import { findStage, openPulls } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** One thing somebody did, with what was there before it. */
export interface Deed {
  /** `u1`, `u2`, … in the order of the epic. */
  readonly id: string;
  readonly kind: 'block' | 'pause' | 'priority' | 'skip' | 'override' | 'reject';
  readonly by: Person;
  readonly at: string;
  readonly stage?: StageKey;
  readonly part?: Part;
  readonly blocker?: string;
  /** The priority there was. */
  readonly earlier?: Priority;
  /** The stage there was, and its pull requests that were open. */
  readonly before?: { readonly status: Stage['status']; readonly openPulls: readonly number[] };
}

const mostKept = 50;

const ofStage = (epic: OpenedEpic, key: StageKey): Pick<Deed, 'stage' | 'before'> => {
  const stage = findStage(epic, key);
  if (stage === undefined) return { stage: key };
  const openNow = openPulls(epic, key).map((pull) => pull.number);
  return { stage: key, before: { status: stage.status, openPulls: openNow } };
};

const ofPriority = (epic: OpenedEpic, key: StageKey | undefined): Pick<Deed, 'stage' | 'earlier'> => {
  const earlier = (key === undefined ? epic : findStage(epic, key))?.priority;
  return { ...(key === undefined ? {} : { stage: key }), ...(earlier === undefined ? {} : { earlier }) };
};

const deedOf = (epic: OpenedEpic, event: EpicEvent): Omit<Deed, 'id' | 'by' | 'at'> | undefined => {
  switch (event.type) {
    case 'BlockerRaised':
      return event.blocker === undefined
        ? undefined
        : { kind: 'block', stage: event.stage, blocker: event.blocker };
    case 'EpicPaused':
      return { kind: 'pause' };
    case 'PartPaused': {
      const { kind, name } = event.part;
      return { kind: 'pause', part: event.part, ...(kind === 'stage' ? { stage: name } : {}) };
    }
    case 'PrioritySet':
      return { kind: 'priority', ...ofPriority(epic, event.stage) };
    case 'StageSkipped':
      return { kind: 'skip', ...ofStage(epic, event.stage) };
    case 'GateOverridden':
      return { kind: 'override', ...ofStage(epic, event.stage) };
    case 'StageRejected':
      return { kind: 'reject', ...ofStage(epic, event.stage) };
    default:
      return undefined;
  }
};

/** `after` with what the event did remembered, where a person did it; the last fifty are kept. */
export const remember = (before: OpenedEpic, event: EpicEvent, after: OpenedEpic): OpenedEpic => {
  const deed = event.by.id === 0 ? undefined : deedOf(before, event);
  if (deed === undefined) return after;
  const done = (after.deedsDone ?? 0) + 1;
  const { by, at } = event;
  return {
    ...after,
    deedsDone: done,
    deeds: [...(after.deeds ?? []).slice(1 - mostKept), { ...deed, id: `u${done}`, by, at }],
  };
};

/** How long a deed can be taken back, in milliseconds: an hour. */
export const undoWithin = 3_600_000;
