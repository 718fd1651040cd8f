/** Which process dies where: every boundary at its first, second, third … hit, and again while the next one recovers. */
import { type Boundary, boundaries } from '../../src/engine/boundary.ts';
import { stories } from '../faults/story.ts';
import type { Doom } from './doom.ts';
import type { Fate, Plan } from './perform.ts';

/** A start is only reached by starting: it is what the second death is for. */
const onTheWay: readonly Boundary[] = boundaries.filter((one) => one !== 'B15');

const at = <T>(list: readonly T[], index: number, otherwise: T): T => list[index % list.length] ?? otherwise;

const actsOf = (story: number): number => stories[story]?.acts.length ?? 0;

const plan = (story: number, fate: (act: number) => Fate | undefined): Plan => ({
  story,
  fates: Array.from({ length: actsOf(story) }, (_, act) => fate(act)),
});

const second = (index: number): Doom => ({
  boundary: at(boundaries, index * 5, 'B6'),
  hit: 1 + (index % 2),
});

/** One run in which every act dies elsewhere; `turn` says where the round of boundaries begins. */
export const mixedPlan = (story: number, turn: number, cut = false): Plan =>
  plan(story, (act) => ({
    first: { boundary: at(onTheWay, act + turn * 7, 'B6'), hit: 1 + (turn % 3) },
    ...(act % 2 === 0 ? { second: second(act + turn) } : {}),
    ...(cut && act % 3 === 0 ? { cut } : {}),
  }));

/** The same, but for what lies between: for where minutes are dear. */
export const everyOther = ({ story, fates }: Plan, from: number): Plan => ({
  story,
  fates: fates.map((fate, act) => (act % 2 === from ? fate : undefined)),
});

/** Every act of a story dies at the same hit of the same boundary; every second one again during recovery. */
const steadyPlan = (story: number, boundary: Boundary, hit: number): Plan =>
  plan(story, (act) => ({
    first: { boundary, hit },
    ...(act % 2 === 1 ? { second: second(act + hit) } : {}),
  }));

/** Everything: stories × boundaries × hits. */
export const allPlans = (mostHits: number): readonly Plan[] =>
  stories.flatMap((_, story) =>
    onTheWay.flatMap((boundary) =>
      Array.from({ length: mostHits }, (_, index) => steadyPlan(story, boundary, index + 1)),
    ),
  );
