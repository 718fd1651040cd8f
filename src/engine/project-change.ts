/** What lists, lanes and pages need of an epic, written with the events it follows from. */
import type { EpicEvent } from '../core/epic/events.ts';
import { judgeGate } from '../core/epic/gate.ts';
import { stageOf } from '../core/epic/object.ts';
import { nextAlarm } from '../core/epic/overdue.ts';
import { isFinal, shownStatus } from '../core/epic/stage.ts';
import type { Epic, OpenedEpic, Stage } from '../core/epic/state.ts';
import { placeSubjects, removeSubject } from '../ledger/place-subject.ts';
import { linkPullRequest, readPullRequest, savePullRequest } from '../ledger/pull-requests.ts';
import { type EpicRow, projectEpic } from '../ledger/read-models/epics.ts';
import type { KnownSubject } from '../ledger/subjects.ts';
import type { Transaction } from '../ledger/transaction.ts';

/** An epic after some events of its own. */
export interface Change {
  readonly epicId: string;
  readonly epic: Epic;
  readonly events: readonly EpicEvent[];
  readonly version: number;
}

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
}

/** What the read model keeps of an epic beside its columns. */
export interface EpicSummary {
  readonly owner: string;
  readonly repository: string;
  readonly checklist: number | null;
  readonly author: string;
  readonly round: number;
  readonly stages: readonly StageSummary[];
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
});

/** The summary of an epic, from its state alone. */
export const summaryOf = (epic: OpenedEpic): EpicSummary => ({
  owner: epic.subject.repository.owner,
  repository: epic.subject.repository.name,
  checklist: epic.checklist?.number ?? null,
  author: epic.author.login,
  round: epic.round,
  stages: epic.stages.map((stage) => stageSummary(epic, stage)),
  ...(epic.bypasses === undefined ? {} : { bypassed: epic.bypasses.map((one) => one.number) }),
});

/** Whose roles matter to an open gate: those who said yes, and those whose no stands. */
const liveApprovers = (epic: OpenedEpic): readonly number[] => {
  const given = epic.stages
    .filter((stage) => !isFinal(stage))
    .flatMap((stage) => stage.approvals.map((one) => one.by.id));
  const reviewed = epic.pulls
    .filter((pull) => pull.state === 'open')
    .flatMap((pull) =>
      pull.reviews.filter((one) => one.verdict !== 'dismissed' && !one.voided).map((one) => one.by.id),
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

/** Updates read models and subjects. A lost issue keeps its subject, so that late deliveries still find the epic. */
export const projectChange = async (tx: Transaction, change: Change): Promise<void> => {
  const { epic, epicId, events, version } = change;
  const last = events.at(-1);
  if (epic.status === 'unopened' || last === undefined) return;
  await placeSubjectsOf(tx, change, epic);
  await keepPullsInStep(tx, epic, events);
  await projectEpic(tx, rowOf(epic, { epicId, version, last: last.at }));
};
