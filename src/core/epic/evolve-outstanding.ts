/** What an event does to a gate's criteria and concerns. */
import type { EpicEvent } from './events.ts';
import type { Stage } from './state.ts';

/** Events about criteria and concerns. */
export type OutstandingEvent = Extract<
  EpicEvent,
  { type: 'CriterionTicked' | 'CriterionReopened' | 'ConcernRaised' | 'ConcernResolved' }
>;

const kinds: readonly string[] = [
  'CriterionTicked',
  'CriterionReopened',
  'ConcernRaised',
  'ConcernResolved',
] satisfies readonly OutstandingEvent['type'][];

/** Whether an event is one of those. */
export const isOutstanding = (event: EpicEvent): event is OutstandingEvent => kinds.includes(event.type);

/** Ticks said something about work that was sent back; what was waived stays waived. */
export const sentBack = (stage: Stage): Stage =>
  stage.ticks === undefined ? stage : { ...stage, ticks: stage.ticks.filter((one) => one.how === 'waived') };

/** The stage after one of them. */
export const evolveOutstanding = (stage: Stage, event: OutstandingEvent): Stage => {
  const { ticks = [], concerns = [] } = stage;
  switch (event.type) {
    case 'CriterionTicked':
      return {
        ...stage,
        ticks: [...ticks.filter((one) => one.criterion !== event.tick.criterion), event.tick],
      };
    case 'CriterionReopened':
      return { ...stage, ticks: ticks.filter((one) => one.criterion !== event.criterion) };
    case 'ConcernRaised':
      return { ...stage, concerns: [...concerns, event.concern] };
    case 'ConcernResolved': {
      const resolved = { by: event.by, text: event.reason, at: event.at };
      return {
        ...stage,
        concerns: concerns.map((one) => (one.id === event.id ? { ...one, resolved } : one)),
      };
    }
  }
};
