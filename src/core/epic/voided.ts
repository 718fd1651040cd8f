/** Whose approvals stopped counting by an event, so that they can be told once. */
import type { EpicEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { type Consent, judgeGate } from './gate.ts';
import type { Person } from './person.ts';
import type { Epic, OpenedEpic, Stage } from './state.ts';

const counting = (epic: OpenedEpic, stage: Stage): readonly Consent[] =>
  judgeGate(epic, stage).consents.filter((one) => one.not === undefined);

/** People whose approval of a submitted stage counted before the event, for every role it counts for, and does not after it. */
export const voidedBy = (epic: OpenedEpic, event: EpicEvent): readonly Person[] => {
  const after = evolve(epic, event);
  if (after.status === 'unopened') return [];
  const lost = epic.stages
    .filter((stage) => stage.status === 'in-review')
    .flatMap((stage) => {
      const now = after.stages.find((one) => one.definition.key === stage.definition.key) ?? stage;
      const kept = counting(after, now);
      return counting(epic, stage)
        .filter(({ by, roles }) => {
          const still = kept.find((one) => one.by.id === by.id)?.roles ?? [];
          return roles.some((role) => !still.includes(role));
        })
        .map(({ by }) => by);
    });
  return lost.filter((one, index) => lost.findIndex((other) => other.id === one.id) === index);
};

/** What can make approvals of a stage count for nothing. */
export type Costly = Extract<
  EpicEvent,
  { type: `PullRequest${'Pushed' | 'Retargeted' | 'Reopened' | 'Linked'}` }
>;

const costly: readonly string[] = [
  'PullRequestPushed',
  'PullRequestRetargeted',
  'PullRequestReopened',
  'PullRequestLinked',
] satisfies readonly Costly['type'][];

/** Whether an event is one of those. */
export const isCostly = (event: EpicEvent): event is Costly => costly.includes(event.type);

/** The events with whose approvals they cost: afterwards nobody could tell any more. */
export const withVoided = (epic: OpenedEpic, events: readonly EpicEvent[]): readonly EpicEvent[] => {
  let now: Epic = epic;
  return events.map((event) => {
    const before = now;
    now = evolve(now, event);
    if (before.status === 'unopened' || !isCostly(event)) return event;
    const voided = voidedBy(before, event);
    return voided.length === 0 ? event : { ...event, voided };
  });
};
