/** What signals make an epic's overview say at its top: an emergency stop, its priority, paused parts. */
import { reviewDue } from '../epic/glass.ts';
import { code, list, nameOf } from '../epic/say-who.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { moment } from './moment.ts';
import { neutral } from './neutral.ts';

const stopped = ({ stop, stops = 0 }: OpenedEpic): readonly string[] => {
  if (stop === undefined) return [];
  const nth = stops < 2 ? '' : ` This is stop number ${stops} of this epic.`;
  return [
    `> [!CAUTION]\n> **EMERGENCY STOP** by ${nameOf(stop.by)} on ${moment(stop.at)}: ${neutral(stop.text)}. Every check of this epic fails until somebody with an override role lifts it with ${code('/resume')}.${nth}`,
  ];
};

const priority = ({ priority: set }: OpenedEpic): readonly string[] => {
  if (set === undefined) return [];
  const reason = set.text.trim() === '' ? '' : `: ${neutral(set.text)}`;
  return [`**Priority ${set.level}**, set by ${nameOf(set.by)} on ${moment(set.at)}${reason}`];
};

const held = ({ holds = [], status }: OpenedEpic): readonly string[] => {
  if (holds.length === 0 || status === 'done' || status === 'cancelled') return [];
  const lines = holds.map(({ part, by, at, text }) => {
    const reason = text.trim() === '' ? '' : `: ${neutral(text)}`;
    return `${code(part.name)} by ${nameOf(by)} since ${moment(at)}${reason} (${code(`/resume ${part.name}`)})`;
  });
  return [`**Paused:** ${list(lines)}`];
};

const broken = ({ glasses = [] }: OpenedEpic): readonly string[] =>
  glasses.flatMap((glass) => {
    const due = reviewDue(glass);
    if (due === undefined) return [];
    const late =
      glass.told === 0 ? '' : ` People were told ${glass.told === 1 ? 'once' : `${glass.told} times`}.`;
    return [
      `> [!WARNING]\n> ${code(glass.stage)}: ${glass.what} by ${nameOf(glass.by)} (${code(glass.id)}) waits for a review by somebody else by ${moment(due)}.${late} ${code(`/reviewed ${glass.id} <verdict>`)}`,
    ];
  });

/** One block of Markdown each; none where no signal has anything to say. */
export const signalNotes = (epic: OpenedEpic): readonly string[] => [
  ...stopped(epic),
  ...broken(epic),
  ...priority(epic),
  ...held(epic),
];
