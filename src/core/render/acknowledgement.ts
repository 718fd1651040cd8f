/** The one line that answers an accepted command with a name people need later; most commands get only a thumb. */
import type { EpicEvent } from '../epic/events.ts';
import { code } from '../epic/say-who.ts';
import { neutralCode } from './neutral.ts';

const lineOf = (event: EpicEvent): readonly string[] => {
  switch (event.type) {
    case 'BlockerRaised':
      return event.blocker === undefined
        ? []
        : [
            `Blocker ${code(event.blocker)} is open on ${neutralCode(event.stage)}; ${code(`/unblock ${event.blocker}`)} lifts it.`,
          ];
    default:
      return [];
  }
};

/** What is said beside the thumb; undefined where a thumb is enough (contract §4: nothing else is chatty). */
export const acknowledgement = (events: readonly EpicEvent[]): string | undefined => {
  const lines = events.flatMap(lineOf);
  return lines.length === 0 ? undefined : lines.join('\n');
};
