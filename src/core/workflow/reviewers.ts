/** `policy.reviewers` of gatehouse.yml: who is asked when a gate opens. Whoever holds the role may approve, asked or not. */
import { z } from 'zod';

/** How people of a missing role are chosen, and how many of each. */
export interface Reviewers {
  /** `rotate`: who was asked longest ago; `least-busy`: who has the fewest open requests, then the same. */
  readonly choose: 'rotate' | 'least-busy';
  readonly perRole: number;
}

const ways = ['all', 'rotate', 'least-busy'] as const;
const way = z.enum(ways, 'one of `all`, `rotate` and `least-busy`');

/** What the file may say: a word, or the word and how many. */
export const reviewersSchema = z
  .union([
    way,
    z.strictObject({
      choose: way.meta({ description: 'How.' }),
      per_role: z
        .int()
        .min(1)
        .max(10)
        .nullish()
        .meta({ description: 'How many of each role that is missing.', default: 1 }),
    }),
  ])
  .nullish()
  .meta({
    description:
      'Who is asked when a gate opens. all: everybody of the missing roles; rotate: who was asked longest ago; least-busy: who has the fewest open requests.',
    default: 'all',
    examples: ['least-busy'],
  });

/** As it is written → as it is kept; undefined for `all`. */
export const readReviewers = (given: z.output<typeof reviewersSchema>): Reviewers | undefined => {
  if (given == null) return undefined;
  const { choose, per_role: perRole } = typeof given === 'string' ? { choose: given, per_role: 1 } : given;
  return choose === 'all' ? undefined : { choose, perRole: perRole ?? 1 };
};
