/** What a planted mistake is. */

/** One mistake: the text it replaces stands exactly once in its file. */
export interface Plant {
  readonly name: string;
  /** What would be lost, with the row of the threat list it belongs to. */
  readonly loses: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The test files that must go red; the narrowest that do. */
  readonly foundBy: readonly string[];
  /** Found within seconds, without a database or a process: the short form (`--short`). */
  readonly quick?: true;
}
