/** "More features needed? Yes": a finished epic goes through its whole workflow again (requirements R-36). */
import type { NextBatch } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireOwner } from '../require.ts';
import { code } from '../say-who.ts';
import type { OpenedEpic } from '../state.ts';

const finished = (epic: OpenedEpic): Refusal | undefined => {
  if (epic.status === 'done') return undefined;
  if (epic.status === 'cancelled') return requireLive(epic);
  return refuse('not-done', 'This epic is not done: the next batch begins when this one is over.', {
    next: code('/status'),
  });
};

/** `EpicOpened` with the next round and the definition on file now; by override roles and the epic's author. */
export const nextBatch = (epic: OpenedEpic, command: NextBatch): readonly EpicEvent[] | Refusal => {
  const refused = finished(epic) ?? requireOwner(epic, command, 'begin the next batch of');
  if (refused !== undefined) return refused;
  const { definition, source, rules, reason, at, by } = command;
  const { subject, title, author } = epic;
  const round = epic.round + 1;
  return [{ type: 'EpicOpened', round, subject, title, author, definition, source, rules, reason, at, by }];
};
