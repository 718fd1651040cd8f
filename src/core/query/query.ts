/** The shape of a query: a name, a word people type, a question to the ledger and how its answer reads (requirements Q-01). */
import type { EpicEvent } from '../epic/events.ts';
import type { Person } from '../epic/person.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { Role, StageKey } from '../workflow/definition.ts';

/** Somebody who asks what waits for them: known by number where GitHub told us, otherwise by name alone. */
export interface Somebody {
  readonly login: string;
  readonly id?: number;
  /** Roles they are known to hold. */
  readonly roles: readonly Role[];
}

/** An epic with its id in the ledger. */
export interface NamedEpic {
  readonly id: string;
  readonly epic: OpenedEpic;
}

/** Everything an answer may be made of; core asks nobody and reads no clock. */
export interface Asked extends NamedEpic {
  /** The whole stream, earlier rounds too. */
  readonly history: readonly EpicEvent[];
  /** Now, ISO 8601. */
  readonly at: string;
  readonly stage?: StageKey;
  readonly by?: Somebody;
  /** People whose number is known for the name the rules call them by. */
  readonly known: readonly Person[];
  /** Other epics that are not over, for what concerns a person rather than an epic. */
  readonly others?: readonly NamedEpic[];
  /** How many further ones were left out, because there are too many. */
  readonly unasked?: number;
}

/** A query's record; `/query`, the command table, the JSON list and `/help` are printed from it. Asking changes nothing. */
export interface Query {
  /** As programs call it: `getTimeline`. */
  readonly name: string;
  /** As people type it: `timeline`; null for those that only `/query` knows. */
  readonly word: string | null;
  /** What it answers, one sentence. */
  readonly summary: string;
  /** Whether it can be asked of one stage. */
  readonly ofStage: boolean;
  /** The answer as plain JSON: no undefined, no class. */
  readonly answer: (asked: Asked) => object;
  /** The same as lines of Markdown; a long answer is cut between two of them. */
  readonly lines: (asked: Asked) => readonly string[];
}

/** What a query file says; `lines` reads the answer it has itself given. */
export interface QueryRecord<Shape extends object> extends Omit<Query, 'answer' | 'lines'> {
  readonly answer: (asked: Asked) => Shape;
  readonly lines: (shape: Shape, asked: Asked) => readonly string[];
}

/** Ties an answer to its own text, so that both can stand in one list of queries. */
export const query = <Shape extends object>(record: QueryRecord<Shape>): Query => ({
  ...record,
  lines: (asked) => record.lines(record.answer(asked), asked),
});
