/** What happens to the glasses of an epic. */
import type { Glass } from './glass.ts';
import type { SignalEvent } from './signal-event.ts';
import { findStage } from './stage.ts';
import type { OpenedEpic } from './state.ts';

type GlassEvent = Extract<SignalEvent, { type: `Glass${string}` }>;

const changed = (glass: Glass, event: Exclude<GlassEvent, { type: 'GlassAsked' }>): Glass => {
  const { by, instead, at } = event;
  const whose = instead === undefined ? {} : { instead };
  switch (event.type) {
    case 'GlassUsed':
      return {
        ...glass,
        used: { by, ...whose, at },
        ...(event.reviewWithin === undefined ? {} : { reviewWithin: event.reviewWithin }),
      };
    case 'GlassReviewed':
      return { ...glass, verdict: { by, ...whose, at, text: event.text } };
    case 'GlassOverdue':
      return { ...glass, told: glass.told + 1 };
  }
};

/** Total: a glass nobody knows changes nothing. */
export const evolveGlass = (epic: OpenedEpic, event: GlassEvent): OpenedEpic => {
  const glasses = epic.glasses ?? [];
  if (event.type === 'GlassAsked') {
    const { glass: id, what, stage, reason: text, by, instead, at } = event;
    const asked = findStage(epic, stage);
    const glass: Glass = {
      id,
      what,
      stage,
      submission: asked?.submission ?? 0,
      ...(asked?.round !== undefined && { round: asked.round }),
      text,
      by,
      ...(instead !== undefined && { instead }),
      at,
      told: 0,
    };
    return { ...epic, glasses: [...glasses, glass] };
  }
  return { ...epic, glasses: glasses.map((one) => (one.id === event.glass ? changed(one, event) : one)) };
};
