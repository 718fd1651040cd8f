/** What the corridor walks with: the ledger, GitHub, the stock workflows, and a way to wake a lane. Built once, in compose. */
import type { Marker } from '../core/render/marker.ts';
import type { WorkflowDefinition } from '../core/workflow/definition.ts';
import type { GitHub } from '../github/octokit.ts';
import type { Database } from '../ledger/database.ts';
import type { Reach } from './boundary.ts';
import type { Waits } from './waits.ts';

/** Where the corridor writes what happened; pino's shape, static messages with fields. */
export interface Log {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

/** A workflow and its file: one that ships with Gatehouse, or a repository's own. */
export interface WorkflowFile {
  readonly path: string;
  readonly definition: WorkflowDefinition;
}

export interface Engine {
  readonly db: Database;
  readonly github: GitHub;
  readonly log: Log;
  readonly stock: readonly WorkflowFile[];
  /** Signs markers, so that nobody else can make an issue look like ours (threats T46). */
  readonly sign: (text: string) => string;
  /** The marker a body begins with, if it was signed by us, also with a secret that is being retired. */
  readonly readMarker: (body: string) => Marker | undefined;
  readonly now: () => Date;
  /** Says that a lane has something to do, now or at a later moment; losing a wake-up loses nothing (design rule 5). `repository`: whose turn it takes. */
  readonly wake: (lane: string, at?: Date, repository?: number) => void;
  /** Milliseconds a webhook may be on its way before what it tells of counts as never delivered; 30 s where absent. */
  readonly grace?: number | undefined;
  /** Milliseconds after which GitHub's lists show what was made; 5 s where absent. */
  readonly lag?: number | undefined;
  /** For tests of crashes; absent in production. */
  readonly reach?: Reach | undefined;
  /** Absent where nobody counts how long gates are waited for. */
  readonly waits?: Waits;
}

/** The lane of an epic: its deliveries, its decisions and its effects, one at a time. */
export const epicLane = (epicId: string): string => `epic:${epicId}`;

/** The lane of a number that belongs to no epic. */
export const subjectLane = (repositoryId: number, number: number): string =>
  `subject:${repositoryId}#${number}`;
