/** What happens to the glasses of an epic. */
import type { Glass } from './glass.ts';
import type { SignalEvent } from './signal-event.ts';
import { findStage } from './stage.ts';
import type { OpenedEpic } from './state.ts';

type GlassEvent = Extract<SignalEvent, { type: `Glass${string}` }>;

const changed = (glass: Glass, event: Exclude<GlassEvent, { type: 'GlassAsked' }>): Glass => {
  const { by, at } = event;
  switch (event.type) {
    case 'GlassUsed':
      return {
        ...glass,
        used: { by, at },
        ...(event.reviewWithin === undefined ? {} : { reviewWithin: event.reviewWithin }),
      };
    case 'GlassReviewed':
      return { ...glass, verdict: { by, at, text: event.text } };
    case 'GlassOverdue':
      return { ...glass, told: glass.told + 1 };
  }
};

/** Total: a glass nobody knows changes nothing. */
export const evolveGlass = (epic: OpenedEpic, event: GlassEvent): OpenedEpic => {
  const glasses = epic.glasses ?? [];
  if (event.type === 'GlassAsked') {
    const { glass: id, what, stage, reason: text, by, at } = event;
    const submission = findStage(epic, stage)?.submission ?? 0;
    return { ...epic, glasses: [...glasses, { id, what, stage, submission, text, by, at, told: 0 }] };
  }
  return { ...epic, glasses: glasses.map((one) => (one.id === event.glass ? changed(one, event) : one)) };
};
