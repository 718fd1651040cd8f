/** What a look at GitHub found. */
import type { IssueRef } from '../../core/epic/subject.ts';
import type { Difference } from './differences.ts';

/** Something that is put right. */
export interface Found extends Difference {
  readonly object: string;
}

/** The whole of what one look found. */
export interface Sight {
  readonly found: readonly Found[];
  /** Something is not painted yet, so that nothing can be said of it. */
  readonly pending: boolean;
  /** Issues of ours nobody may comment on. */
  readonly locked: readonly { readonly object: string; readonly issue: IssueRef }[];
}

/** What is left out was not found: nothing at all means that everything is as it should be. */
export const sightOf = (seen: Partial<Sight> = {}): Sight => ({
  found: [],
  pending: false,
  locked: [],
  ...seen,
});

/** Several looks as one. */
export const together = (sights: readonly Sight[]): Sight => ({
  found: sights.flatMap((sight) => sight.found),
  pending: sights.some((sight) => sight.pending),
  locked: sights.flatMap((sight) => sight.locked),
});
