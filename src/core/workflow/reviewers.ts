/** `policy.reviewers` of gatehouse.yml: who is asked when a gate opens. Whoever holds the role may approve, asked or not. */
import { z } from 'zod';

/** How people of a missing role are chosen, and how many of each. */
export interface Reviewers {
  /** `rotate`: who was asked longest ago; `least-busy`: who has the fewest open requests, then the same. */
  readonly choose: 'rotate' | 'least-busy';
  readonly perRole: number;
}

/** What the file may say under `reviewers` and `reviewers_per_role`. */
export const reviewersSchema = {
  reviewers: z.enum(['all', 'rotate', 'least-busy']).nullish().meta({
    description:
      'Who is asked when a gate opens. all: everybody of the missing roles; rotate: who was asked longest ago; least-busy: who has the fewest open requests.',
    default: 'all',
  }),
  reviewers_per_role: z
    .int()
    .refine((count) => count >= 1 && count <= 10, 'a whole number from 1 to 10')
    .nullish()
    .meta({ description: 'How many of each missing role are chosen.', default: 1, minimum: 1, maximum: 10 }),
};

interface Given {
  readonly reviewers?: 'all' | Reviewers['choose'] | null | undefined;
  readonly reviewers_per_role?: number | null | undefined;
}

/** As it is written → as it is kept; undefined for `all`. */
export const readReviewers = (given: Given): Reviewers | undefined => {
  const { reviewers: choose, reviewers_per_role: perRole } = given;
  return choose == null || choose === 'all' ? undefined : { choose, perRole: perRole ?? 1 };
};
