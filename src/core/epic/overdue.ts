/** Alarms whose moment has come by now, rung one after another: each changes what the next one finds. */
import { alarms } from './alarms.ts';
import { calendarOf } from './calendar.ts';
import type { EpicEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { ring } from './rules/ring.ts';
import { settle } from './settle.ts';
import type { Epic } from './state.ts';

/** No epic has so many; a file that sets them against each other must not hang the house. */
const most = 200;

/**
 * Everything that alarms due at `at` or before it bring about, in order. Every command is decided after them, so that it
 * makes no difference how late a tick comes, or whether the house was down meanwhile.
 */
export const overdue = (epic: Epic, at: string): readonly EpicEvent[] => {
  const events: EpicEvent[] = [];
  let now = epic;
  for (let count = 0; now.status === 'running' && count < most; count += 1) {
    const [first] = alarms(now, calendarOf(now.rules));
    if (first === undefined || first.at > at) break;
    const rung = ring(now, first);
    now = rung.reduce<Epic>(evolve, now);
    const following = settle(now, { at: first.at });
    now = following.reduce<Epic>(evolve, now);
    events.push(...rung, ...following);
  }
  return events;
};

/** When the next alarm rings; undefined while none is set. */
export const nextAlarm = (epic: Epic): string | undefined =>
  epic.status === 'running' ? alarms(epic, calendarOf(epic.rules))[0]?.at : undefined;
