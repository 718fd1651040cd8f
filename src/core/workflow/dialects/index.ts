/** The ways of writing a workflow that this version reads. */
import type { JsonMap } from '../json-map.ts';
import type { Dialect } from './dialect.ts';
import { keyed } from './keyed.ts';
import { stages } from './stages.ts';
import { steps } from './steps.ts';

/** Asked in this order; the last one also reads what none recognises. */
const dialects: readonly Dialect[] = [steps, keyed, stages];

/** The dialect a file is written in, or is most likely meant to be. */
export const dialectOf = (root: JsonMap): Dialect =>
  dialects.find(({ recognises }) => recognises(root)) ?? stages;
