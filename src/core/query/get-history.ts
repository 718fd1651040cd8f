/** `getHistory` (RS-09): everything that was ever recorded of an epic, who did it and when. */
import type { EpicEvent } from '../epic/events.ts';
import { code } from '../epic/say-who.ts';
import { moment } from '../render/moment.ts';
import { neutral } from '../render/neutral.ts';
import { detailOf } from './event-detail.ts';
import { type Asked, query } from './query.ts';

/** One event without what only machines need. */
interface Record {
  /** Its number in the epic's stream, from 1. */
  readonly number: number;
  readonly at: string;
  readonly by: string;
  /** In whose place they did it. */
  readonly instead: string | null;
  readonly type: EpicEvent['type'];
  /** Its own, or that of its pull request. */
  readonly stage: string | null;
  readonly pull: number | null;
  /** Which alarm, verdict, part, blocker, … it was. */
  readonly detail: string | null;
  /** What the person wrote with it. */
  readonly text: string | null;
}

/** The answer of `getHistory`, the oldest first; earlier rounds too. */
interface History {
  readonly events: readonly Record[];
}

/** Bookkeeping that says nothing about the work. */
const silent: ReadonlySet<EpicEvent['type']> = new Set([
  'HeadShown',
  'RulesSeen',
  'IssueOpened',
  'RolesAsked',
]);

const textOf = (event: EpicEvent): string | null => {
  if ('reason' in event && event.reason !== '') return event.reason;
  if ('note' in event && event.note !== '') return event.note;
  if ('text' in event && event.text !== '') return event.text;
  if ('concern' in event) return event.concern.text;
  if ('tick' in event) return event.tick.text;
  if (event.type === 'ReviewGiven' && event.review.text !== '') return event.review.text;
  if (event.type === 'EpicRetitled') return event.title;
  if (event.type === 'StageClaimed' && event.over !== undefined) return event.over;
  if (event.type === 'ApprovalGiven' && event.approval.note !== '') return event.approval.note;
  return null;
};

const pullOf = (event: EpicEvent): number | null => {
  if (event.type === 'PullRequestLinked') return event.pull.number;
  return 'number' in event ? event.number : null;
};

/** The stage of each event: pull requests are told of by their number alone, and belong where they were linked last. */
const stagesOf = (history: readonly EpicEvent[]): readonly (string | null)[] => {
  const linked = new Map<number, string>();
  return history.map((event) => {
    if (event.type === 'EpicOpened') linked.clear();
    if (event.type === 'PullRequestLinked') linked.set(event.pull.number, event.stage);
    if (event.type === 'WorkflowExtended') return event.definition.key;
    if ('stage' in event) return event.stage ?? null;
    return 'number' in event ? (linked.get(event.number) ?? null) : null;
  });
};

const answer = ({ history, stage }: Asked): History => {
  const stages = stagesOf(history);
  const events = history.map((event, index) => ({
    number: index + 1,
    at: event.at,
    by: event.by.login,
    instead: event.instead?.login ?? null,
    type: event.type,
    stage: stages[index] ?? null,
    pull: pullOf(event),
    detail: detailOf(event),
    text: textOf(event),
  }));
  return { events: events.filter((record) => stage === undefined || record.stage === stage) };
};

/** `GatePassed` → `gate passed`. */
const inWords = (type: string): string => type.replace(/(?<!^)[A-Z]/g, ' $&').toLowerCase();

const line = (record: Record): string => {
  const about = record.stage === null ? '' : ` ${code(record.stage)}`;
  const pull = record.pull === null ? '' : ` #${record.pull}`;
  const detail = record.detail === null ? '' : ` (${neutral(record.detail, { max: 80 })})`;
  const place = record.instead === null ? '' : ` in the place of ${code(record.instead)}`;
  const text = record.text === null ? '' : `: ${neutral(record.text, { max: 200 })}`;
  return `- ${moment(record.at)} · ${code(record.by)}${place} · ${inWords(record.type)}${about}${pull}${detail}${text}`;
};

/** The newest first: a long history is cut at its beginning. */
const lines = ({ events }: History): readonly string[] => {
  const shown = events.filter((record) => !silent.has(record.type)).toReversed();
  return shown.length === 0 ? ['Nothing is recorded.'] : ['The newest first:', '', ...shown.map(line)];
};

/** The record of `getHistory`. */
export const getHistory = query<History>({
  name: 'getHistory',
  word: 'history',
  summary: 'Everything that was recorded, who did it and when, the newest first.',
  ofStage: true,
  answer,
  lines,
});
