/** What happened to the stages of a round, as changes of status: read off the fold, so that no event's meaning is told twice. */
import type { EpicEvent } from '../epic/events.ts';
import { evolve } from '../epic/evolve.ts';
import { type Epic, type StageStatus, unopened } from '../epic/state.ts';
import type { StageKey } from '../workflow/definition.ts';

/** One stage going from one status to another. */
export interface Step {
  readonly at: string;
  readonly stage: StageKey;
  readonly from: StageStatus;
  readonly to: StageStatus;
  readonly by: string;
  /** Seconds it had been in `from`. */
  readonly after: number;
}

/** Whole seconds between two moments, never less than none. */
export const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));

/** The events of the present round: since the epic was opened last. */
export const thisRound = (history: readonly EpicEvent[]): readonly EpicEvent[] =>
  history.slice(
    Math.max(
      0,
      history.findLastIndex((event) => event.type === 'EpicOpened'),
    ),
  );

const stepsOf = (before: Epic, after: Epic, event: EpicEvent): readonly Step[] => {
  if (before.status === 'unopened' || after.status === 'unopened' || before.stages === after.stages)
    return [];
  // By key: a migration puts stages in and takes others out, and what stands where is not the same stage.
  const earlier = new Map(before.stages.map((stage) => [stage.definition.key, stage]));
  return after.stages.flatMap((stage) => {
    const was = earlier.get(stage.definition.key);
    if (was === undefined || (was.status === stage.status && was.since === stage.since)) return [];
    const { key } = stage.definition;
    const [from, to] = [was.status, stage.status];
    return [
      { at: event.at, stage: key, from, to, by: event.by.login, after: secondsBetween(was.since, event.at) },
    ];
  });
};

/** Seconds this round was paused, by whatever that began and ended with, up to `until` while it lasts. */
export const pausedSeconds = (history: readonly EpicEvent[], until: string): number => {
  let since: string | undefined;
  let sum = 0;
  let now: Epic = unopened;
  for (const event of thisRound(history)) {
    now = evolve(now, event);
    if (now.status === 'paused') since ??= event.at;
    else if (since !== undefined) {
      sum += secondsBetween(since, event.at);
      since = undefined;
    }
  }
  return since === undefined ? sum : sum + secondsBetween(since, until);
};

/** Every change of status in this round, in order. */
export const stepsIn = (history: readonly EpicEvent[]): readonly Step[] => {
  const steps: Step[] = [];
  let now: Epic = unopened;
  for (const event of thisRound(history)) {
    const next = evolve(now, event);
    if (event.type !== 'EpicOpened') steps.push(...stepsOf(now, next, event));
    now = next;
  }
  return steps;
};
