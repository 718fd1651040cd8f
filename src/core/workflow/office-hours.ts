/** `policy.office_hours` of gatehouse.yml: when deadlines run. */
import { z } from 'zod';
import { isDate } from './date.ts';

/** Minutes since local midnight, weekdays from 0 (Sunday), holidays as `2026-12-25`. */
export interface OfficeHours {
  readonly timeZone: string;
  readonly from: number;
  readonly to: number;
  readonly days: readonly number[];
  readonly holidays: readonly string[];
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const range = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

const minutesOf = (text: string): readonly [number, number] | undefined => {
  const [from = 0, fromMinute = 0, to = 0, toMinute = 0] = (range.exec(text)?.slice(1) ?? []).map(Number);
  const [began, ended] = [from * 60 + fromMinute, to * 60 + toMinute];
  return range.test(text) && began < ended && ended <= 24 * 60 ? [began, ended] : undefined;
};

/** What the file may say. */
export const officeHoursSchema = z
  .strictObject({
    time_zone: z
      .string()
      .refine(isZone, 'a time zone, for example `Europe/Berlin`')
      .meta({ description: 'Whose clocks are meant.', examples: ['Europe/Berlin'] }),
    hours: z
      .string()
      .refine((text) => minutesOf(text) !== undefined, 'a stretch of the day, for example `"09:00-17:00"`')
      .nullish()
      .meta({ description: 'From when to when.', default: '09:00-17:00' }),
    days: z
      .array(z.enum(weekdays))
      .min(1, 'at least one day')
      .nullish()
      .meta({ description: 'On which days.', default: ['mon', 'tue', 'wed', 'thu', 'fri'] }),
    holidays: z
      .array(z.string().refine(isDate, 'a date, for example `"2026-12-25"`'))
      .max(400, 'at most 400 days')
      .nullish()
      .meta({ description: 'Days off.', examples: [['2026-12-25']] }),
  })
  .nullish()
  .meta({ description: 'Deadlines run only then; without it they run all the time.' });

/** As it is written → as it is kept. */
export const readOfficeHours = (given: z.output<typeof officeHoursSchema>): OfficeHours | undefined => {
  if (given == null) return undefined;
  const [from, to] = minutesOf(given.hours ?? '09:00-17:00') ?? [0, 24 * 60];
  const days = (given.days ?? ['mon', 'tue', 'wed', 'thu', 'fri']).map((name) => weekdays.indexOf(name));
  return { timeZone: given.time_zone, from, to, days, holidays: given.holidays ?? [] };
};
