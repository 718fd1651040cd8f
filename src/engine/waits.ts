/** Tells who listens how long people were waited for at a gate, once that is written (requirements TO-08). */
import type { EpicEvent } from '../core/epic/events.ts';
import { type GateWait, gateWaits } from '../core/query/gate-waits.ts';

/** What ended and after how long; no epic and nobody is named. */
export type EndedWait = Pick<GateWait, 'how' | 'seconds'>;

/** One ear at most: the figures of this process. */
export interface Waits {
  readonly listen: (ear: (wait: EndedWait) => void) => void;
  /** A history, and how many events at its end are new. */
  readonly written: (history: readonly EpicEvent[], fresh: number) => void;
}

const endedIn = (history: readonly EpicEvent[]): readonly GateWait[] => {
  const last = history.at(-1);
  return last === undefined ? [] : gateWaits(history, last.at).filter((wait) => wait.how !== null);
};

/** Nothing is computed while nobody listens. */
export const openWaits = (): Waits => {
  let ear: ((wait: EndedWait) => void) | undefined;
  return {
    listen: (one) => {
      ear = one;
    },
    written: (history, fresh) => {
      const added = history.slice(history.length - fresh);
      if (
        ear === undefined ||
        !added.some((event) => /^(Gate|Stage|EpicCancelled|DefinitionMigrated)/.test(event.type))
      )
        return;
      const before = new Set(
        endedIn(history.slice(0, history.length - fresh)).map(({ stage, from }) => `${stage} ${from}`),
      );
      for (const wait of endedIn(history)) if (!before.has(`${wait.stage} ${wait.from}`)) ear(wait);
    },
  };
};
