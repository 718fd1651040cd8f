/** What an event says beside who, when, on which stage and in which words: without it a merge would read like a pull request given up. */
import type { EpicEvent } from '../epic/events.ts';

const ofPull = (event: EpicEvent): string | undefined => {
  switch (event.type) {
    case 'ReviewGiven':
      return event.review.verdict;
    case 'PullRequestClosed':
      return event.merged ? 'merged' : 'without a merge';
    case 'PullRequestPushed':
    case 'GateBypassed':
      return event.head.slice(0, 7);
    case 'PullRequestRetargeted':
      return event.base;
    default:
      return undefined;
  }
};

const ofSignal = (event: EpicEvent): string | undefined => {
  switch (event.type) {
    case 'PartPaused':
    case 'PartResumed':
      return event.part.name;
    case 'PrioritySet':
      return event.level;
    case 'DeedUndone':
      return event.kind;
    case 'GlassAsked':
      return `${event.what} ${event.glass}`;
    case 'GlassUsed':
    case 'GlassReviewed':
    case 'GlassOverdue':
      return event.glass;
    case 'QuestionAsked':
    case 'QuestionAnswered':
    case 'QuestionWithdrawn':
      return event.question;
    default:
      return undefined;
  }
};

const ofStage = (event: EpicEvent): string | undefined => {
  switch (event.type) {
    case 'StageReopened':
      return `round ${event.round}`;
    case 'ApprovalGiven':
      return event.approval.roles.join(', ');
    case 'ApprovalsVoided':
      return event.people.map(({ login }) => login).join(', ');
    case 'AlarmRang':
      return event.alarm;
    case 'GateWidened':
      return event.role;
    case 'BlockerRaised':
    case 'BlockersLifted':
      return event.blocker;
    case 'CriterionTicked':
      return String(event.tick.criterion);
    case 'CriterionReopened':
      return String(event.criterion);
    case 'ConcernRaised':
      return event.concern.id;
    case 'ConcernResolved':
      return event.id;
    default:
      return undefined;
  }
};

/** A word or a few, as they were recorded; null where there is nothing more to say. Not safe to show as it is. */
export const detailOf = (event: EpicEvent): string | null => {
  const { type } = event;
  if (type === 'DefinitionMigrated') return `${event.from.slice(0, 8)} to ${event.to.slice(0, 8)}`;
  if (type === 'EpicMoved') return `${event.subject.repository.owner}/${event.subject.repository.name}`;
  return ofPull(event) ?? ofSignal(event) ?? ofStage(event) ?? null;
};
