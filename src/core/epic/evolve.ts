/** History applied to state: total, believing, never refusing. */
import type { StageKey } from '../workflow/definition.ts';
import type { EpicEvent, EpicOpened } from './events.ts';
import { freshStage, migrated } from './evolve-definition.ts';
import { evolvePull } from './evolve-pull.ts';
import { evolveStage } from './evolve-stage.ts';
import { stageOf } from './object.ts';
import { runOn, standStill } from './stage-clocks.ts';
import type { Epic, OpenedEpic, Stage } from './state.ts';
import { unopened } from './state.ts';

const opened = (event: EpicOpened): OpenedEpic => ({
  status: 'running',
  round: event.round,
  subject: event.subject,
  title: event.title,
  author: event.author,
  startedBy: event.by,
  definition: event.definition,
  source: event.source,
  rules: event.rules,
  openedAt: event.at,
  stages: event.definition.stages.map((definition) => freshStage(definition, event.at)),
  pulls: [],
});

const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = value;
  return rest;
};

const changeStage = (epic: OpenedEpic, key: StageKey, change: (stage: Stage) => Stage): OpenedEpic => ({
  ...epic,
  stages: epic.stages.map((stage) => (stage.definition.key === key ? change(stage) : stage)),
});

const issueChanged = (
  epic: OpenedEpic,
  event: Extract<EpicEvent, { type: 'IssueOpened' | 'IssueLost' }>,
): OpenedEpic => {
  const issue = event.type === 'IssueOpened' ? { issue: event.issue } : {};
  const key = stageOf(event.object);
  if (key === undefined) {
    return {
      ...without(epic, 'checklist'),
      ...(event.type === 'IssueOpened' ? { checklist: event.issue } : {}),
    };
  }
  const removed = epic.removed?.map((one) =>
    one.key === key ? { ...without(one, 'issue'), ...issue } : one,
  );
  return {
    ...changeStage(epic, key, (stage) => ({ ...without(stage, 'issue'), ...issue })),
    ...(removed === undefined ? {} : { removed }),
  };
};

type PullLinked = Extract<EpicEvent, { type: 'PullRequestLinked' }>;
type PullUnlinked = Extract<EpicEvent, { type: 'PullRequestUnlinked' }>;

const linked = (epic: OpenedEpic, event: PullLinked): OpenedEpic => {
  const departed = epic.departed ?? [];
  const back = departed.filter((pull) => pull.number === event.pull.number);
  return {
    ...epic,
    pulls: evolvePull([...epic.pulls, ...back], event),
    departed: departed.filter((pull) => !back.includes(pull)),
  };
};

/** What its check showed is forgotten: meanwhile it shows something else. */
const unlinked = (epic: OpenedEpic, event: PullUnlinked): OpenedEpic => {
  const leaving = epic.pulls
    .filter((pull) => pull.number === event.number)
    .map((pull) => without(without(pull, 'shown'), 'shownSince'));
  return {
    ...epic,
    pulls: evolvePull(epic.pulls, event),
    departed: [...(epic.departed ?? []), ...leaving],
  };
};

const ended = (epic: OpenedEpic, event: EpicEvent, status: 'done' | 'cancelled'): OpenedEpic => ({
  ...without(epic, 'pause'),
  status,
  endedAt: event.at,
});

const evolveOpened = (epic: OpenedEpic, event: EpicEvent): OpenedEpic => {
  switch (event.type) {
    case 'EpicOpened':
      return { ...opened(event) };
    case 'IssueOpened':
    case 'IssueLost':
      return issueChanged(epic, event);
    case 'EpicRetitled':
      return { ...epic, title: event.title };
    case 'EpicMoved':
      return { ...epic, subject: event.subject };
    case 'RulesSeen':
      return { ...epic, rules: event.rules };
    case 'DefinitionMigrated':
      return migrated(epic, event);
    case 'GateBypassed': {
      const { number, stage, head, by, at } = event;
      return { ...epic, bypasses: [...(epic.bypasses ?? []), { number, stage, head, by, at }] };
    }
    case 'EpicPaused':
      return {
        ...epic,
        status: 'paused',
        pause: { by: event.by, text: event.reason, at: event.at },
        stages: epic.stages.map((stage) => standStill(stage, event.at)),
      };
    case 'EpicResumed':
      return {
        ...without(epic, 'pause'),
        status: 'running',
        stages: epic.stages.map((stage) => (stage.blockers.length > 0 ? stage : runOn(stage, event.at))),
      };
    case 'EpicCancelled': {
      const stages = epic.stages.map((stage) => evolveStage(stage, event));
      return {
        ...ended(epic, event, 'cancelled'),
        stages,
        cancellation: { by: event.by, text: event.reason, at: event.at },
      };
    }
    case 'EpicDone':
      return ended(epic, event, 'done');
    case 'PullRequestLinked':
      return linked(epic, event);
    case 'PullRequestUnlinked':
      return unlinked(epic, event);
    case 'PullRequestPushed':
    case 'PullRequestClosed':
    case 'PullRequestReopened':
    case 'HeadShown':
    case 'ReviewGiven':
    case 'ReviewDismissed':
      return { ...epic, pulls: evolvePull(epic.pulls, event) };
    case 'PullRequestRetargeted':
    case 'RolesAsked':
      return {
        ...epic,
        pulls: evolvePull(epic.pulls, event),
        stages: epic.stages.map((stage) => evolveStage(stage, event)),
      };
    case 'StageRejected':
    case 'ApprovalOutdated':
    case 'ApprovalsVoided':
      return {
        ...changeStage(epic, event.stage, (stage) => evolveStage(stage, event)),
        pulls: evolvePull(epic.pulls, event),
        departed: evolvePull(epic.departed ?? [], event),
      };
    default:
      return changeStage(epic, event.stage, (stage) => evolveStage(stage, event, epic.status === 'paused'));
  }
};

/** The epic after one more event; an event about an epic that was never opened changes nothing. */
export const evolve = (epic: Epic, event: EpicEvent): Epic => {
  if (event.type === 'EpicOpened') return opened(event);
  return epic.status === 'unopened' ? epic : evolveOpened(epic, event);
};

/** The epic its whole history makes. */
export const replay = (events: readonly EpicEvent[]): Epic => events.reduce<Epic>(evolve, unopened);
