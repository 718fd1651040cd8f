/** One thing in the ledger that does not add up. */

/** Stable names for programs. */
export type FlawCode =
  | 'gap'
  | 'hash'
  | 'replay'
  | 'projection'
  | 'subject'
  | 'pull-request'
  | 'load'
  | 'orphan'
  | 'truncated'
  | 'rewritten';

/** `version` null: the stream as a whole, or what is derived from it. */
export interface Flaw {
  readonly code: FlawCode;
  readonly epic: string;
  readonly version: number | null;
  readonly says: string;
}
