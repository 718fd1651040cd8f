/** The one line that answers an accepted command with a name people need later; most commands get only a thumb. */
import type { EpicEvent } from '../epic/events.ts';
import { code, list } from '../epic/say-who.ts';
import { neutralCode } from './neutral.ts';

const lineOf = (event: EpicEvent): readonly string[] => {
  switch (event.type) {
    case 'BlockerRaised':
      return event.blocker === undefined
        ? []
        : [
            `Blocker ${code(event.blocker)} is open on ${neutralCode(event.stage)}; ${code(`/unblock ${event.blocker}`)} lifts it.`,
          ];
    case 'PartPaused':
      return [
        `Only the stages of ${code(event.part.name)} stand still; ${code(`/resume ${event.part.name}`)} lets them go on, ${code('/pause')} alone pauses the whole epic.`,
      ];
    case 'DeedUndone': {
      const of = event.stage === undefined ? '' : ` of ${neutralCode(event.stage)}`;
      const again = ['skip', 'override', 'reject'].includes(event.kind)
        ? ' Approvals by comment have to be given again.'
        : '';
      return [`Taken back: the last ${event.kind}${of}.${again}`];
    }
    case 'WorkflowExtended': {
      const { key, role } = event.definition;
      const before = event.before.length === 0 ? '' : `; ${list(event.before.map(code))} will wait for it`;
      const past = event.unvouched === true ? ' No pull request passes by it.' : '';
      return [`Stage ${code(key)} for ${code(role)} is part of this epic now${before}.${past}`];
    }
    default:
      return [];
  }
};

/** What is said beside the thumb; undefined where a thumb is enough (contract §4: nothing else is chatty). */
export const acknowledgement = (events: readonly EpicEvent[]): string | undefined => {
  const lines = events.flatMap(lineOf);
  return lines.length === 0 ? undefined : lines.join('\n');
};
