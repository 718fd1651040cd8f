/** `delegations` of gatehouse.yml: who holds whose roles from which day until which day. */
import { z } from 'zod';
import { dayAt, isDate } from './date.ts';
import type { Role } from './definition.ts';
import { line, names } from './names.ts';

/** A window in which `to` holds roles for `from`; days in `timeZone`, the first inclusive, the last exclusive. */
export interface Delegation {
  readonly from: string;
  readonly to: string;
  readonly roles: readonly Role[];
  readonly after: string;
  readonly before: string;
  readonly timeZone: string;
  readonly reason: string;
}

const user = z
  .string()
  .regex(
    /^@?[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/,
    'a GitHub user (`octo-em`): neither a team nor an app stands for anybody',
  );
const day = z.string().refine(isDate, 'a date, for example `2026-12-20`');

/** What the file may say. */
export const delegationsSchema = z
  .array(
    z.strictObject({
      from: user.meta({ description: 'Who is away.', examples: ['octo-em'] }),
      to: user.meta({
        description: 'Who holds their roles meanwhile. Cannot hand them on.',
        examples: ['octo-lead'],
      }),
      roles: z
        .array(names.role)
        .min(1, 'at least one role')
        .nullish()
        .meta({ description: 'Which roles; without it all that `from` holds.' }),
      after: day.meta({ description: 'The first day of the absence.', examples: ['2026-12-20'] }),
      before: day.meta({ description: 'The day on which `from` is back.', examples: ['2027-01-06'] }),
      reason: line(200)
        .nullish()
        .meta({ description: 'Why, for others to read.', examples: ['holidays'] }),
    }),
  )
  .max(200, 'at most 200 delegations')
  .nullish()
  .meta({
    description:
      'Absences: from the start of the day `after` until the start of the day `before`, by the clocks of `policy.office_hours.time_zone` (UTC without it).',
  });

/** As they are written → as they are kept; `known` are all roles of the file. */
export const readDelegations = (
  given: z.output<typeof delegationsSchema>,
  known: readonly Role[],
  timeZone: string,
): readonly Delegation[] =>
  (given ?? []).map(({ from, to, roles, after, before, reason }) => ({
    from: from.replace(/^@/, ''),
    to: to.replace(/^@/, ''),
    roles: roles ?? known,
    after,
    before,
    timeZone,
    reason: reason ?? '',
  }));

/** True while the window is open at a moment (ISO 8601). */
export const isAway = ({ after, before, timeZone }: Delegation, moment: string): boolean => {
  const today = dayAt(moment, timeZone);
  return after <= today && today < before;
};
