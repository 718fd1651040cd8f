/** What happens when nobody answers a gate: the stock schedules of requirements TO-01 to TO-06, and one's own. */
import { z } from 'zod';
import type { Role } from './definition.ts';
import { durationSchema } from './duration.ts';
import { names } from './names.ts';

/** Milliseconds the gate has been open, not counting what it stood still, until each thing happens. */
export interface Timeouts {
  /** Those who have not approved are asked again. */
  readonly remindAfter?: number;
  /** `escalateTo` is told. */
  readonly escalateAfter?: number;
  readonly escalateTo?: Role;
  /** From then on `widenTo` may approve in anybody's place. */
  readonly widenAfter?: number;
  readonly widenTo?: Role;
  readonly rejectAfter?: number;
  /** The gate passes without the approvals that are missing, marked as such everywhere. */
  readonly approveAfter?: number;
}

const hour = 3_600_000;

/** The three schedules people know by name. */
export const stockTimeouts = {
  requirement: { escalateAfter: 24 * hour, rejectAfter: 48 * hour },
  task_review: { escalateAfter: 48 * hour, approveAfter: 72 * hour },
  production: { remindAfter: 24 * hour, rejectAfter: 72 * hour },
} as const satisfies Readonly<Record<string, Timeouts>>;

const after = (what: string) => durationSchema.nullish().meta({ description: what, examples: ['24h'] });
const role = (what: string) => names.role.nullish().meta({ description: what });

const own = z.strictObject({
  schedule: z.enum(['requirement', 'task_review', 'production']).nullish().meta({
    description: 'One of the stock schedules, as the beginning; what else is written here changes it.',
  }),
  remind_after: after('When those who have not approved are asked again.'),
  escalate_after: after('When `escalate_to` is told.'),
  escalate_to: role('The role that is told.'),
  widen_after: after('When `widen_to` may approve in anybody’s place.'),
  widen_to: role('The role that may approve then.'),
  auto_reject_after: after('When the stage goes back to its claimant.'),
  auto_approve_after: after(
    'When the gate passes without the missing approvals, with a warning; never an explicit one.',
  ),
});

/** `timeouts:` of a stage: the name of a stock schedule, or a map. */
export const timeoutsSchema = z
  .union([z.enum(['requirement', 'task_review', 'production', 'off']), own])
  .nullish()
  .meta({
    description:
      'What happens while the gate is open and nobody answers; clocks stand still while paused or blocked.',
    examples: ['requirement', { remind_after: '24h', auto_reject_after: '5d' }],
  });

/** As it is written → as it is kept; `off` and nothing at all are no timeouts. */
export const readTimeouts = (given: z.output<typeof timeoutsSchema>): Timeouts | undefined => {
  if (given == null || given === 'off') return undefined;
  if (typeof given === 'string') return stockTimeouts[given];
  const begin: Timeouts = given.schedule == null ? {} : stockTimeouts[given.schedule];
  return {
    ...begin,
    ...(given.remind_after != null && { remindAfter: given.remind_after }),
    ...(given.escalate_after != null && { escalateAfter: given.escalate_after }),
    ...(given.escalate_to != null && { escalateTo: given.escalate_to }),
    ...(given.widen_after != null && { widenAfter: given.widen_after }),
    ...(given.widen_to != null && { widenTo: given.widen_to }),
    ...(given.auto_reject_after != null && { rejectAfter: given.auto_reject_after }),
    ...(given.auto_approve_after != null && { approveAfter: given.auto_approve_after }),
  };
};
