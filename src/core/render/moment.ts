/** A time as people read it everywhere: `2026-11-21 14:05 UTC`. */

/** `at` is ISO 8601 in UTC, as every time in the state; anything else is shown as it is, without what could mean something. */
export const moment = (at: string): string => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(at) ?? [];
  return day === undefined ? at.replace(/[^\w:.-]/g, '').slice(0, 40) : `${day} ${time} UTC`;
};
