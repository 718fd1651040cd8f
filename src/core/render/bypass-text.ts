/** Merges past the gate, in one line each: for /status and the checklist (threats T64). */
import { code, nameOf } from '../epic/say-who.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { moment } from './moment.ts';

const mostShown = 10;

/** Empty where there are none; the latest ones where there are many. */
export const bypassLines = (epic: OpenedEpic): readonly string[] =>
  (epic.bypasses ?? []).slice(-mostShown).map(({ number, stage, by, at }) => {
    const who = by.id === 0 ? '' : ` by ${nameOf(by)}`;
    return `#${number} of ${code(stage)} was **MERGED PAST THE GATE**${who} on ${moment(at)}.`;
  });
