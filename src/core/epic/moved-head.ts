/** Whether what was approved at one commit is still what stands at another: a clean rebase, or a push beside what a role judges (threats T13, T19). */
import { pathFits } from '../workflow/path-patterns.ts';
import type { Pull } from './state.ts';

/** How a pull request's whole change, against its base, differs between two heads. */
export interface MovedHead {
  readonly from: string;
  readonly to: string;
  /** Files whose part of the change is another one now; none for a clean rebase. Absent: it could not be told. */
  readonly files?: readonly string[];
}

const keeps = ({ files }: MovedHead, patterns: readonly string[] | undefined): boolean => {
  if (files === undefined) return false;
  if (patterns === undefined) return files.length === 0;
  return !files.some((file) => patterns.some((pattern) => pathFits(pattern, file)));
};

/**
 * True where `commit` is the head, or pushes lead from it to the head of which none touched what is judged:
 * anything at all without `patterns`, the files they mean with them.
 */
export const carriesTo = (
  pull: Pick<Pull, 'head' | 'moves'>,
  commit: string,
  patterns?: readonly string[],
): boolean => {
  const reached = new Set([commit]);
  // A set that grows while it is walked is walked to its end.
  for (const at of reached) {
    for (const move of pull.moves ?? []) {
      if (move.from === at && keeps(move, patterns)) reached.add(move.to);
    }
  }
  return reached.has(pull.head);
};
