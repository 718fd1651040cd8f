/** Office hours: which moments count for deadlines, in a time zone, without weekends and holidays (issue: business calendars). */
import type { OfficeHours } from '../workflow/office-hours.ts';
import { type Calendar, everyMoment } from './clock.ts';
import type { Rules } from './policy.ts';

const day = 86_400_000;
/** Longer than any deadline, also where only one day a week counts. */
const mostDays = 500;

interface Local {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const digits = '2-digit';
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
  });
  formats.set(timeZone, made);
  return made;
};

/** What the clocks of a zone show at a moment, as if it were UTC. */
const shownAt = (moment: number, timeZone: string): number => {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 1, date = 1] = [parts.get('year'), parts.get('month'), parts.get('day')];
  const [hour = 0, minute = 0, second = 0] = [parts.get('hour'), parts.get('minute'), parts.get('second')];
  return Date.UTC(year, month - 1, date, hour, minute, second);
};

/** The moment at which the clocks of a zone show this; in the hour that DST skips, the moment after it. */
const momentShowing = (shown: number, timeZone: string): number => {
  const guess = shown - (shownAt(shown, timeZone) - shown);
  return guess - (shownAt(guess, timeZone) - shown);
};

const localOf = (shown: number): Local => {
  const at = new Date(shown);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() };
};

/** The office hours of the day on which a zone's clocks show this, in moments; undefined on a day off. */
const openOn = (shown: number, hours: OfficeHours): readonly [number, number] | undefined => {
  const { year, month, date } = localOf(shown);
  const midnight = Date.UTC(year, month, date);
  const weekday = new Date(midnight).getUTCDay();
  const name = new Date(midnight).toISOString().slice(0, 10);
  if (!hours.days.includes(weekday) || hours.holidays.includes(name)) return undefined;
  const [from, to] = [hours.from, hours.to].map((minutes) =>
    momentShowing(midnight + minutes * 60_000, hours.timeZone),
  );
  return from === undefined || to === undefined ? undefined : [from, to];
};

/** The office hours' stretches after a moment, one after another. */
function* stretches(from: number, hours: OfficeHours): Generator<readonly [number, number]> {
  // A day early: the zone's date may be the day before.
  const first = shownAt(from, hours.timeZone) - day;
  for (let count = 0; count < mostDays; count += 1) {
    const open = openOn(first + count * day, hours);
    if (open !== undefined && open[1] > from) yield [Math.max(from, open[0]), open[1]];
  }
}

/** The calendar of office hours. */
export const officeCalendar = (hours: OfficeHours): Calendar => ({
  worked: (from, to) => {
    let sum = 0;
    for (const [began, ended] of stretches(from, hours)) {
      if (began >= to) break;
      sum += Math.min(ended, to) - began;
    }
    return sum;
  },
  after: (from, length) => {
    let left = length;
    for (const [began, ended] of stretches(from, hours)) {
      if (ended - began >= left) return began + left;
      left -= ended - began;
    }
    return from + mostDays * day;
  },
});

/** What counts in a repository: its office hours, or every moment. */
export const calendarOf = (rules: Rules): Calendar => {
  const { officeHours } = rules.policy;
  return officeHours === undefined ? everyMoment : officeCalendar(officeHours);
};
