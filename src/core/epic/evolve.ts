/** History applied to state: total, believing, never refusing. */
import { nextBlocker } from './blocker.ts';
import { remember } from './deed.ts';
import type { EpicEvent, EpicOpened } from './events.ts';
import { migrated } from './evolve-definition.ts';
import { evolvePull } from './evolve-pull.ts';
import { evolveRound, intoPresent, placePast } from './evolve-round.ts';
import { changeStage, evolveSignal } from './evolve-signal.ts';
import { evolveStage } from './evolve-stage.ts';
import { without } from './evolve-undo.ts';
import { former } from './former.ts';
import { reviewsAtStage, takenBack } from './later-word.ts';
import { newStage } from './new-stage.ts';
import { roundIn, stageOf } from './object.ts';
import { roundOf } from './round-of.ts';
import { inStep } from './stage-clocks.ts';
import type { Epic, OpenedEpic, Stage, Statement } from './state.ts';
import { unopened } from './state.ts';

const opened = (event: EpicOpened, before: Epic): OpenedEpic => ({
  status: 'running',
  round: event.round,
  subject: event.subject,
  title: event.title,
  author: event.author,
  definition: event.definition,
  source: event.source,
  rules: event.rules,
  openedAt: event.at,
  ...former(before, event),
  stages: event.definition.stages.map((definition) => newStage(definition, event.at)),
});

/** A new round does not make anybody forget what was passed by force, or stopped, in the one before. */
const kept = (epic: Epic): Pick<OpenedEpic, 'glasses' | 'stops'> => {
  if (epic.status === 'unopened') return {};
  const glasses = (epic.glasses ?? []).filter((glass) => glass.used !== undefined);
  return {
    ...(glasses.length === 0 ? {} : { glasses }),
    ...(epic.stops === undefined ? {} : { stops: epic.stops }),
  };
};

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
  const round = roundIn(event.object);
  const place = (stage: Stage): Stage =>
    round === roundOf(stage)
      ? { ...without(stage, 'issue'), ...issue }
      : placePast(stage, round, issue.issue);
  const removed = epic.removed?.map((one) =>
    one.key === key ? { ...without(one, 'issue'), ...issue } : one,
  );
  return { ...changeStage(epic, key, place), ...(removed === undefined ? {} : { removed }) };
};

type PullLinked = Extract<EpicEvent, { type: 'PullRequestLinked' }>;
type PullUnlinked = Extract<EpicEvent, { type: 'PullRequestUnlinked' }>;

const linked = (epic: OpenedEpic, event: PullLinked): OpenedEpic => {
  const departed = epic.departed ?? [];
  const back = departed.filter((pull) => pull.number === event.pull.number);
  return {
    ...epic,
    pulls: reviewsAtStage(epic, evolvePull([...epic.pulls, ...back], event), event.pull.number),
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

const said = (event: Extract<EpicEvent, { type: 'EpicPaused' | 'EpicCancelled' }>): Statement => ({
  by: event.by,
  ...(event.instead !== undefined && { instead: event.instead }),
  text: event.reason,
  at: event.at,
});

const ended = (epic: OpenedEpic, event: EpicEvent, status: 'done' | 'cancelled'): OpenedEpic => ({
  ...without(without(epic, 'pause'), 'stop'),
  status,
  endedAt: event.at,
});

const evolveOpened = (epic: OpenedEpic, event: EpicEvent): OpenedEpic => {
  switch (event.type) {
    case 'EpicOpened':
      return opened(event, epic);
    case 'PullRequestReopened':
      return { ...epic, pulls: intoPresent(epic, evolvePull(epic.pulls, event), event.number) };
    case 'StageReopened':
      return evolveRound(epic, event);
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
        pause: said(event),
      };
    case 'EpicResumed':
      return { ...without(without(epic, 'pause'), 'stop'), status: 'running' };
    case 'EpicCancelled': {
      const stages = epic.stages.map((stage) => evolveStage(stage, event));
      return {
        ...ended(epic, event, 'cancelled'),
        stages,
        cancellation: said(event),
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
    case 'PullRequestChecked':
    case 'HeadShown':
    case 'ReviewDismissed':
      return { ...epic, pulls: evolvePull(epic.pulls, event) };
    case 'ReviewGiven':
      return { ...takenBack(epic, event), pulls: evolvePull(epic.pulls, event) };
    case 'PullRequestRetargeted':
    case 'RolesAsked':
      return {
        ...epic,
        pulls: evolvePull(epic.pulls, event),
        stages: epic.stages.map((stage) => evolveStage(stage, event)),
      };
    case 'StageRejected':
    case 'StageSkipped':
    case 'ApprovalOutdated':
    case 'ApprovalsVoided':
      return {
        ...changeStage(epic, event.stage, (stage) => evolveStage(stage, event)),
        pulls: evolvePull(epic.pulls, event),
        departed: evolvePull(epic.departed ?? [], event),
      };
    case 'BlockerRaised': {
      const named = { ...event, blocker: event.blocker ?? nextBlocker(epic) };
      const raised = { ...epic, blockersRaised: (epic.blockersRaised ?? 0) + 1 };
      return changeStage(raised, event.stage, (stage) => evolveStage(stage, named));
    }
    case 'PartPaused':
    case 'PartResumed':
    case 'EpicStopped':
    case 'QuestionAsked':
    case 'QuestionAnswered':
    case 'QuestionWithdrawn':
    case 'PrioritySet':
    case 'WorkflowExtended':
    case 'DeedUndone':
    case 'GlassAsked':
    case 'GlassUsed':
    case 'GlassReviewed':
    case 'GlassOverdue':
      return evolveSignal(epic, event);
    default:
      return changeStage(epic, event.stage, (stage) => evolveStage(stage, event));
  }
};

/** The epic after one more event; an event about an epic that was never opened changes nothing. */
export const evolve = (epic: Epic, event: EpicEvent): Epic => {
  if (event.type === 'EpicOpened') return { ...opened(event, epic), ...kept(epic) };
  return epic.status === 'unopened'
    ? epic
    : inStep(remember(epic, event, evolveOpened(epic, event)), event.at);
};

/** The epic its whole history makes. */
export const replay = (events: readonly EpicEvent[]): Epic => events.reduce<Epic>(evolve, unopened);
