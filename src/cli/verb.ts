/** The shape of a verb of the command line: its words, and what it does. */

/** contract §7: fine, what was checked does not hold, wrong usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** One verb. Data goes to stdout, talk to stderr. */
export interface Verb {
  /** As commander reads it, for example `validate <files...>`. */
  readonly usage: string;
  readonly summary: string;
  /** Flags and what they mean, for example `['--json', 'print JSON']`. */
  readonly options: readonly (readonly [flags: string, what: string])[];
  /** Arguments and options come as commander parsed them; the verb looks before it believes. */
  readonly run: (args: readonly unknown[], options: Readonly<Record<string, unknown>>) => Promise<ExitCode>;
}
