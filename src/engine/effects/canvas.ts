/** What painting an epic works with: the epic as it is, what GitHub was last made to show, and strokes that change it. */
import type { OpenedEpic } from '../../core/epic/state.ts';
import type { Write } from '../../github/outgoing/write.ts';
import type { Painted } from '../../ledger/painted.ts';
import type { Planning } from './job.ts';
import type { Memory } from './memory.ts';

/** One epic while it is painted. */
export interface Canvas extends Planning {
  readonly epicId: string;
  readonly epic: OpenedEpic;
  readonly painted: ReadonlyMap<string, Painted>;
}

/** Writes that together make one object show what it should, and what is to be remembered once all are done. */
export interface Stroke {
  readonly writes: readonly Write[];
  readonly object: string;
  readonly digest: string;
  /** Absent: what was remembered stays. */
  readonly memory?: Memory;
}
