/** Broken glasses that nobody has looked at in time: they are told again and again, also after the epic has ended. */
import type { EpicEvent } from './events.ts';
import { reviewDue } from './glass.ts';
import { gatehouse } from './person.ts';
import type { OpenedEpic } from './state.ts';

/** The first review that is due, and what happens when its moment comes; undefined while none is waited for. */
export const nextReview = (
  epic: OpenedEpic,
): { readonly at: string; readonly event: EpicEvent } | undefined => {
  const due = (epic.glasses ?? []).flatMap((glass) => {
    const at = reviewDue(glass);
    return at === undefined ? [] : [{ at, glass: glass.id }];
  });
  const [first] = due.sort((one, other) => one.at.localeCompare(other.at));
  if (first === undefined) return undefined;
  const { at, glass } = first;
  return { at, event: { type: 'GlassOverdue', glass, at, by: gatehouse } };
};
