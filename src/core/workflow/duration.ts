/** Lengths of time as people write them: `2s`, `90m`, `24h`, `3d`, `6w`; several may follow each other, `1d 12h`. */
import { z } from 'zod';

const unit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
type Unit = keyof typeof unit;

const part = /(\d{1,6})\s*([smhdw])/g;
const whole = /^\s*(?:\d{1,6}\s*[smhdw]\s*)+$/;
const isUnit = (text: string): text is Unit => Object.hasOwn(unit, text);

const least = 2 * unit.s;
const most = 6 * unit.w;

/** Text → milliseconds, or undefined where it is no length of time from two seconds to six weeks. */
export const readDuration = (text: string): number | undefined => {
  if (!whole.test(text)) return undefined;
  let total = 0;
  for (const [, count, letter = ''] of text.matchAll(part))
    if (isUnit(letter)) total += Number(count) * unit[letter];
  return total >= least && total <= most ? total : undefined;
};

/** Milliseconds → the shortest text of it: `36h`, `2d`, `90m`. */
export const writeDuration = (ms: number): string => {
  const fits = (['w', 'd', 'h', 'm'] as const).find((letter) => ms % unit[letter] === 0);
  return `${Math.round(ms / unit[fits ?? 's'])}${fits ?? 's'}`;
};

/** A length of time in a file. */
export const durationSchema = z
  .string()
  .refine((text) => readDuration(text) !== undefined, 'from `2s` to `6w`, for example `90m`, `24h` or `3d`')
  .transform((text) => readDuration(text) ?? 0);
