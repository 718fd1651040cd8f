/** Something wrong at a path of a file's content; it becomes a problem once the path is turned into a place. */
import type { ProblemCode } from './problem.ts';

/** Keys and list indices from the root of the file. */
export type Path = readonly (string | number)[];

/** What a check says; `on` tells whether the key or its value is wrong. The nearest existing place is taken. */
export interface Finding {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly path: Path;
  readonly on: 'key' | 'value';
}
