/** Alarms whose moment has come by now, rung one after another: each changes what the next one finds. */
import { alarms, outdatedAlarms } from './alarms.ts';
import { calendarOf } from './calendar.ts';
import type { EpicEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { nextReview } from './reviews-due.ts';
import { ring } from './rules/ring.ts';
import { settle } from './settle.ts';
import type { Epic, OpenedEpic } from './state.ts';

/** No epic has so many; a file that sets them against each other must not hang the house. */
const most = 200;

/** What rings first: an alarm while the epic runs, or a review that nobody gave, whatever has become of the epic. */
const first = (
  epic: OpenedEpic,
): { readonly at: string; readonly rung: readonly EpicEvent[] } | undefined => {
  const [alarm] = alarms(epic, calendarOf(epic.rules));
  const review = nextReview(epic);
  if (review !== undefined && (alarm === undefined || review.at < alarm.at))
    return { at: review.at, rung: [review.event] };
  return alarm === undefined ? undefined : { at: alarm.at, rung: ring(epic, alarm) };
};

/**
 * Everything that alarms due at `at` or before it bring about, in order. Every command is decided after them, so that it
 * makes no difference how late a tick comes, or whether the house was down meanwhile.
 */
export const overdue = (epic: Epic, at: string): readonly EpicEvent[] => {
  const events: EpicEvent[] = [];
  let now = epic;
  for (let count = 0; now.status !== 'unopened' && count < most; count += 1) {
    const next = first(now);
    if (next === undefined || next.at > at) break;
    now = next.rung.reduce<Epic>(evolve, now);
    const following = settle(now, { at: next.at });
    now = following.reduce<Epic>(evolve, now);
    events.push(...next.rung, ...following);
  }
  return events;
};

/**
 * What is too old at `at` though no alarm could say so before: it grew old while the epic, or its stage, stood still or was
 * over. Asked before anything follows from a command, so that no such approval passes a gate.
 */
export const grownOld = (epic: Epic, at: string): readonly EpicEvent[] => {
  const events: EpicEvent[] = [];
  let now = epic;
  while (now.status !== 'unopened' && events.length < most) {
    const old = outdatedAlarms(now).find((one) => one.at <= at);
    if (old === undefined) break;
    const rung = ring(now, { ...old, at });
    now = rung.reduce<Epic>(evolve, now);
    events.push(...rung);
  }
  return events;
};

/** When the next alarm rings; undefined while none is set. */
export const nextAlarm = (epic: Epic): string | undefined =>
  epic.status === 'unopened' ? undefined : first(epic)?.at;
