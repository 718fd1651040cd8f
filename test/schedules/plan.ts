/** A schedule: what goes wrong during which act, made from a seed; and smaller ones, for finding what it takes. */
import { type Boundary, boundaries } from '../../src/engine/boundary.ts';
import type { Fate, WebhookFate } from '../world/github/faults.ts';
import { dice } from './dice.ts';

/** One thing that goes wrong. `after`: how many requests or webhooks of the act pass before. */
export type Trouble =
  | { readonly kind: 'request'; readonly after: number; readonly fate: Fate }
  | { readonly kind: 'webhook'; readonly after: number; readonly fate: WebhookFate }
  /** The process dies at the n-th hit of a boundary; `again`: its successor too, at its n-th. */
  | { readonly kind: 'crash'; readonly boundary: Boundary; readonly hit: number; readonly again?: number }
  /** PostgreSQL ends every session of ours after so many lanes were worked. */
  | { readonly kind: 'cut'; readonly after: number }
  /** An old delivery comes once more: as GitHub redelivers it, or under another guid. */
  | { readonly kind: 'replay'; readonly back: number; readonly fresh: boolean };

/** Troubles by act, and how many replicas share the work. */
export interface Schedule {
  readonly seed: number;
  readonly replicas: number;
  readonly acts: readonly (readonly Trouble[])[];
}

const fates: readonly [Fate, ...Fate[]] = [
  'apply-then-drop',
  'apply-then-drop',
  'drop-before',
  { refuse: 500 },
  { refuse: 502 },
  { refuse: 503 },
  { delay: 15 },
  { limit: 'secondary', retryAfter: 60 },
  { limit: 'primary', retryAfter: 60 },
  { refuse: 429, retryAfter: 60 },
  { refuse: 403, retryAfter: 60, message: 'You have exceeded a secondary rate limit.' },
];

const lots: readonly [WebhookFate, ...WebhookFate[]] = ['lost', 'lost', 'doubled', 'reordered', { late: 12 }];

/** Where a process can die; a background job begins nowhere here, since the schedule is the clock. */
const deadly = boundaries.filter((one) => one !== 'B14' && one !== 'B15');

/** The schedule of a seed, for a story of so many acts. */
export const scheduleOf = (seed: number, acts: number): Schedule => {
  const roll = dice(seed);
  const [first = 'B1', ...rest] = deadly;
  const troubles = (): readonly Trouble[] => {
    const some: Trouble[] = [];
    if (roll.hit(0.3)) some.push({ kind: 'webhook', after: roll.below(4), fate: roll.pick(lots) });
    if (roll.hit(0.35)) some.push({ kind: 'request', after: roll.below(6), fate: roll.pick(fates) });
    if (roll.hit(0.12)) some.push({ kind: 'request', after: roll.below(3), fate: roll.pick(fates) });
    if (roll.hit(0.25)) {
      const crash = { kind: 'crash' as const, boundary: roll.pick([first, ...rest]), hit: 1 + roll.below(4) };
      some.push(roll.hit(0.3) ? { ...crash, again: 1 + roll.below(6) } : crash);
    }
    if (roll.hit(0.07)) some.push({ kind: 'cut', after: roll.below(3) });
    if (roll.hit(0.12)) some.push({ kind: 'replay', back: 1 + roll.below(40), fresh: roll.hit(0.5) });
    return some;
  };
  const replicas = roll.hit(0.35) ? (roll.hit(0.3) ? 3 : 2) : 1;
  return { seed, replicas, acts: Array.from({ length: acts }, troubles) };
};

/** How many things go wrong in it. */
export const troublesIn = (schedule: Schedule): number =>
  schedule.acts.reduce((sum, troubles) => sum + troubles.length, 0);

/** Every schedule with one trouble fewer. */
export const smaller = (schedule: Schedule): readonly Schedule[] =>
  schedule.acts.flatMap((troubles, act) =>
    troubles.map((_, index) => ({
      ...schedule,
      acts: schedule.acts.with(act, troubles.toSpliced(index, 1)),
    })),
  );
