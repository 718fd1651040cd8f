/** `policy.break_glass`: what it takes to /skip or /override a gate of class production, or one that people alone may pass. */
import { z } from 'zod';
import { durationSchema } from './duration.ts';

/** How many people it takes, and within how many milliseconds somebody else must look at it afterwards. */
export interface BreakGlass {
  readonly people: 1 | 2;
  readonly reviewWithin?: number;
}

/** See `BreakGlass`. */
export const breakGlassSchema = z
  .strictObject({
    people: z.number().int('1 or 2').min(1, '1 or 2').max(2, '1 or 2').nullish().meta({
      description:
        '2: a second person with an override role must /confirm within an hour. 1: it takes effect at once. Left out: 2, or 1 where `review_within` is given.',
    }),
    review_within: durationSchema.nullish().meta({
      description:
        'How long somebody else with an override role has to say /reviewed; then people are told, again and again.',
      examples: ['7d'],
    }),
  })
  .nullish()
  .meta({
    id: 'break_glass',
    title: 'Break-glass',
    description:
      'What it takes to /skip or /override a gate of class production, or one with `explicit_only`.',
    examples: [{ people: 2 }, { review_within: '7d' }],
  });

/** As it is written → as it is kept; undefined where nothing was written. */
export const readBreakGlass = (given: z.output<typeof breakGlassSchema>): BreakGlass | undefined => {
  if (given == null) return undefined;
  const reviewed = given.review_within != null;
  return {
    people: (given.people ?? (reviewed ? 1 : 2)) === 1 ? 1 : 2,
    ...(given.review_within != null && { reviewWithin: given.review_within }),
  };
};
