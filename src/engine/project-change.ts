/** What lists, lanes and pages need of an epic, written with the events it follows from. */
import type { EpicEvent } from '../core/epic/events.ts';
import { judgeGate } from '../core/epic/gate.ts';
import { reviewDue } from '../core/epic/glass.ts';
import { loadsOf } from '../core/epic/loads.ts';
import { stageOf } from '../core/epic/object.ts';
import { nextAlarm } from '../core/epic/overdue.ts';
import { openQuestions } from '../core/epic/question.ts';
import { isFinal, shownStatus } from '../core/epic/stage.ts';
import type { Approval, Epic, OpenedEpic, Stage } from '../core/epic/state.ts';
import { projectLoads } from '../ledger/loads.ts';
import { forgetIssues } from '../ledger/painted.ts';
import { placeSubjects, removeSubject } from '../ledger/place-subject.ts';
import { linkPullRequest, readPullRequest, savePullRequest, untieOthers } from '../ledger/pull-requests.ts';
import { type EpicRow, projectEpic } from '../ledger/read-models/epics.ts';
import type { KnownSubject } from '../ledger/subjects.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { epicLane } from './engine.ts';
import { countReworks, type PastSummary, roundSummary } from './round-summary.ts';

/** An epic after some events of its own. */
export interface Change {
  readonly epicId: string;
  readonly epic: Epic;
  readonly events: readonly EpicEvent[];
  readonly version: number;
}

/** Counts on with every change of what a row is made of: rows of another number are made again when Gatehouse starts. */
export const projection = 1;

/** One stage as lists and the dashboard show it. */
export interface StageSummary {
  readonly key: string;
  readonly role: string;
  readonly action: string;
  readonly status: string;
  readonly since: string;
  readonly issue: number | null;
  readonly claimant: string | null;
  readonly gate: string | null;
  readonly missing: readonly string[];
  readonly dependsOn: readonly string[];
  /** Absent in the first round. */
  readonly round?: number;
  readonly past?: readonly PastSummary[];
}

/** What is counted of the signals of an epic (requirements SG-04, SE-04). */
export interface SignalCounts {
  readonly stops: number;
  readonly breakGlass: number;
  /** Broken glasses that wait for a review, and those of them that were waited for too long. */
  readonly unreviewed: number;
  readonly overdue: number;
  readonly openQuestions: number;
}

/** What the read model keeps of an epic beside its columns. */
export interface EpicSummary {
  readonly owner: string;
  readonly repository: string;
  readonly checklist: number | null;
  readonly author: string;
  readonly round: number;
  readonly stages: readonly StageSummary[];
  /** How many rounds were opened because somebody went back; absent where nobody did. */
  readonly reworks?: number;
  /** Absent while there is nothing to count. */
  readonly signals?: SignalCounts;
  /** Pull requests merged past the gate; absent where there are none. */
  readonly bypassed?: readonly number[];
}

const stageSummary = (epic: OpenedEpic, stage: Stage): StageSummary => ({
  key: stage.definition.key,
  role: stage.definition.role,
  action: stage.definition.action,
  status: shownStatus(stage),
  since: stage.since,
  issue: stage.issue?.number ?? null,
  claimant: stage.claimant?.login ?? null,
  gate: stage.definition.gate?.name ?? null,
  missing: stage.status === 'in-review' ? judgeGate(epic, stage).missing : [],
  dependsOn: stage.definition.dependsOn,
  ...roundSummary(stage),
});

const signalsOf = (epic: OpenedEpic): SignalCounts | undefined => {
  const used = (epic.glasses ?? []).filter((glass) => glass.used !== undefined);
  const unreviewed = used.filter((glass) => reviewDue(glass) !== undefined);
  const counts: SignalCounts = {
    stops: epic.stops ?? 0,
    breakGlass: used.length,
    unreviewed: unreviewed.length,
    overdue: unreviewed.filter((glass) => glass.told > 0).length,
    openQuestions: epic.stages
      .filter((stage) => !isFinal(stage))
      .reduce((sum, stage) => sum + openQuestions(stage).length, 0),
  };
  return Object.values(counts).some((count) => count > 0) ? counts : undefined;
};

/** The summary of an epic, from its state alone. */
export const summaryOf = (epic: OpenedEpic): EpicSummary => {
  const signals = signalsOf(epic);
  return {
    owner: epic.subject.repository.owner,
    repository: epic.subject.repository.name,
    checklist: epic.checklist?.number ?? null,
    author: epic.author.login,
    round: epic.round,
    stages: epic.stages.map((stage) => stageSummary(epic, stage)),
    ...countReworks(epic),
    ...(epic.bypasses === undefined ? {} : { bypassed: epic.bypasses.map((one) => one.number) }),
    ...(signals === undefined ? {} : { signals }),
  };
};

/** Whoever said it, and those in whose place. */
const concerned = ({ by, instead = [] }: Pick<Approval, 'by' | 'instead'>): readonly number[] => [
  by.id,
  ...instead.map(({ of }) => of.id),
];

/** Whose roles matter to an open gate: those who said yes, and those whose no stands. */
const liveApprovers = (epic: OpenedEpic): readonly number[] => {
  const given = epic.stages
    .filter((stage) => !isFinal(stage))
    .flatMap((stage) => stage.approvals.flatMap(concerned));
  const reviewed = epic.pulls
    .filter((pull) => pull.state === 'open')
    .flatMap((pull) =>
      pull.reviews.filter((one) => one.verdict !== 'dismissed' && !one.voided).flatMap(concerned),
    );
  return [...new Set([...given, ...reviewed])];
};

/** Which number an event gives to the epic, if any. */
export const placeOf = (epicId: string, epic: OpenedEpic, event: EpicEvent): KnownSubject | undefined => {
  const repositoryId = epic.subject.repository.id;
  if (event.type === 'EpicOpened') {
    return { repositoryId, number: event.subject.issue.number, kind: 'epic', epicId, stage: null };
  }
  if (event.type === 'PullRequestLinked') {
    return { repositoryId, number: event.pull.number, kind: 'pull', epicId, stage: event.stage };
  }
  if (event.type !== 'IssueOpened') return undefined;
  const stage = stageOf(event.object) ?? null;
  return {
    repositoryId,
    number: event.issue.number,
    kind: stage === null ? 'checklist' : 'stage',
    epicId,
    stage,
  };
};

const placeSubjectsOf = async (
  tx: Transaction,
  { epicId, events }: Change,
  epic: OpenedEpic,
): Promise<void> => {
  const places = events.flatMap((event) => placeOf(epicId, epic, event) ?? []);
  if (places.length > 0)
    await placeSubjects(tx, [...new Map(places.map((one) => [one.number, one])).values()]);
  const repositoryId = epic.subject.repository.id;
  for (const event of events) {
    if (event.type === 'PullRequestLinked') {
      const { number, link } = event.pull;
      await linkPullRequest(tx, { repositoryId, number, epicId, stage: event.stage, link });
    }
    if (event.type === 'PullRequestUnlinked') {
      await removeSubject(tx, repositoryId, event.number);
      await linkPullRequest(tx, {
        repositoryId,
        number: event.number,
        epicId: null,
        stage: null,
        link: 'none',
      });
    }
  }
};

/** What was learned of pull requests without a webhook (asked for a decision, by a refresh) is true of their rows too. */
const keepPullsInStep = async (
  tx: Transaction,
  epic: OpenedEpic,
  events: readonly EpicEvent[],
): Promise<void> => {
  const moved = new Set(
    events.flatMap((event) =>
      /^PullRequest(Pushed|Retargeted|Closed|Reopened)$/.test(event.type) && 'number' in event
        ? [event.number]
        : [],
    ),
  );
  for (const pull of epic.pulls.filter((one) => moved.has(one.number))) {
    const row = await readPullRequest(tx, epic.subject.repository.id, pull.number);
    if (row === undefined) continue;
    await savePullRequest(tx, { ...row, headSha: pull.head, baseRef: pull.base, state: pull.state });
  }
};

const alarmOf = (epic: OpenedEpic): Date | null => {
  const next = nextAlarm(epic);
  return next === undefined ? null : new Date(next);
};

/** An epic's row as lists show it, from its state alone; `last` is when its last event happened. */
export const rowOf = (
  epic: OpenedEpic,
  { epicId, version, last }: Pick<Change, 'epicId' | 'version'> & { readonly last: string },
): EpicRow => ({
  id: epicId,
  repositoryId: epic.subject.repository.id,
  number: epic.subject.issue.number,
  title: epic.title,
  workflow: epic.definition.name,
  status: epic.status,
  version,
  openedAt: new Date(epic.openedAt),
  updatedAt: new Date(last),
  summary: summaryOf(epic),
  liveApprovers: liveApprovers(epic),
  nextAlarm: alarmOf(epic),
});

/** What can put something into somebody's hands, or take it out of them. */
const movesLoads = /^(?:Stage|Gate|Epic|Approval|Review)/;

/** Boxes ticked in an earlier batch are not ticked in this one, and what was merged for it belongs to nothing any more. */
const startAfresh = async (tx: Transaction, epicId: string, epic: OpenedEpic): Promise<void> => {
  await forgetIssues(tx, epicLane(epicId));
  const kept = epic.pulls.map(({ number }) => number);
  await untieOthers(tx, { repositoryId: epic.subject.repository.id, epicId, kept });
};

/** Updates read models and subjects. A lost issue keeps its subject, so that late deliveries still find the epic. */
export const projectChange = async (tx: Transaction, change: Change): Promise<void> => {
  const { epic, epicId, events, version } = change;
  const last = events.at(-1);
  if (epic.status === 'unopened' || last === undefined) return;
  await placeSubjectsOf(tx, change, epic);
  if (epic.round > 1 && events.some(({ type }) => type === 'EpicOpened')) await startAfresh(tx, epicId, epic);
  await keepPullsInStep(tx, epic, events);
  if (events.some(({ type }) => movesLoads.test(type))) {
    await projectLoads(tx, { id: epicId, repositoryId: epic.subject.repository.id }, loadsOf(epic));
  }
  await projectEpic(tx, rowOf(epic, { epicId, version, last: last.at }), projection);
};
