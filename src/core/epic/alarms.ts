/** What will ring on an epic and when, from its state alone; nothing while it is paused or has ended (requirements TO). */
import type { Timeouts } from '../workflow/timeouts.ts';
import { type Calendar, type Clock, everyMoment, momentOf } from './clock.ts';
import { heldBy } from './hold.ts';
import { isFinal, judgedPulls } from './stage.ts';
import type { AlarmKind, OpenedEpic, Stage } from './state.ts';

/** One thing that will happen by itself if nothing else does. */
export interface Alarm {
  readonly stage: string;
  readonly kind: AlarmKind;
  /** ISO 8601. */
  readonly at: string;
  /** For `outdated`: whose approval. */
  readonly person?: number;
  /** For `outdated`: when they gave it. */
  readonly given?: string;
}

type Wanted = readonly (readonly [AlarmKind, Clock | undefined, number | undefined])[];

const ofGate = (stage: Stage, timeouts: Timeouts): Wanted => [
  ['remind', stage.clock, timeouts.remindAfter],
  ['escalate', stage.clock, timeouts.escalateAfter],
  ['widen', stage.clock, timeouts.widenAfter],
  ['approve', stage.clock, timeouts.approveAfter],
  ['reject', stage.clock, timeouts.rejectAfter],
];

const ofClaim = (stage: Stage, expires: number | undefined): Wanted => [
  ['nudge', stage.claimClock, expires === undefined ? undefined : Math.floor(expires / 2)],
  ['expire', stage.claimClock, expires],
];

const wantedOf = (stage: Stage): Wanted => {
  const { definition } = stage;
  const due: Wanted = [['due', stage.life, definition.due]];
  if (stage.status === 'in-progress') return [...due, ...ofClaim(stage, definition.claimExpires)];
  const waiting = stage.status === 'in-review' && !stage.gatePassed;
  return waiting ? [...due, ...ofGate(stage, definition.gate?.timeouts ?? {})] : due;
};

/** Approvals are given in the world's time: a weekend makes them older too. */
const outdated = (epic: OpenedEpic, stage: Stage): readonly Alarm[] => {
  const validFor = stage.definition.gate?.validFor;
  if (validFor === undefined) return [];
  const reviews = judgedPulls(epic, stage.definition.key).flatMap((pull) =>
    pull.reviews.filter((one) => one.verdict === 'approved' && !one.voided),
  );
  return [...stage.approvals, ...reviews].map((one) => ({
    stage: stage.definition.key,
    kind: 'outdated',
    at: new Date(Date.parse(one.at) + validFor).toISOString(),
    person: one.by.id,
    given: one.at,
  }));
};

const alarmsOf = (epic: OpenedEpic, stage: Stage, calendar: Calendar): readonly Alarm[] => {
  const wanted = epic.rules.policy.deadlines === false ? [] : wantedOf(stage);
  const rings = wanted.flatMap(([kind, clock, length]): readonly Alarm[] => {
    if (clock === undefined || length === undefined || stage.rung.includes(kind)) return [];
    const at = momentOf(clock, length, calendar);
    return at === undefined ? [] : [{ stage: stage.definition.key, kind, at }];
  });
  return [...rings, ...outdated(epic, stage)];
};

const ringing = (epic: OpenedEpic): readonly Stage[] =>
  epic.status === 'running'
    ? epic.stages.filter((stage) => !isFinal(stage) && heldBy(epic, stage) === undefined)
    : [];

/** Those of approvals alone, in the order of the stages. How long they are good is no deadline: no policy switches it off. */
export const outdatedAlarms = (epic: OpenedEpic): readonly Alarm[] =>
  ringing(epic).flatMap((stage) => outdated(epic, stage));

/** Every alarm that is set, the earliest first; among equals in the order of the stages. */
export const alarms = (epic: OpenedEpic, calendar: Calendar = everyMoment): readonly Alarm[] => {
  return ringing(epic)
    .flatMap((stage) => alarmsOf(epic, stage, calendar))
    .sort((one, other) => one.at.localeCompare(other.at));
};
