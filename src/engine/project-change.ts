/** What lists, lanes and pages need of an epic, written with the events it follows from. */
import type { EpicEvent } from '../core/epic/events.ts';
import { loadsOf } from '../core/epic/loads.ts';
import { stageOf } from '../core/epic/object.ts';
import type { Epic, OpenedEpic } from '../core/epic/state.ts';
import { projectLoads } from '../ledger/loads.ts';
import { forgetIssues } from '../ledger/painted.ts';
import { placeSubjects, removeSubject } from '../ledger/place-subject.ts';
import { linkPullRequest, readPullRequest, savePullRequest, untieOthers } from '../ledger/pull-requests.ts';
import { projectEpic } from '../ledger/read-models/epics.ts';
import type { KnownSubject } from '../ledger/subjects.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { epicLane } from './engine.ts';
import { projection, rowOf } from './epic-row.ts';

/** An epic after some events of its own. */
export interface Change {
  readonly epicId: string;
  readonly epic: Epic;
  readonly events: readonly EpicEvent[];
  readonly version: number;
}

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

/** What is often recorded and puts nothing into anybody's hands nor takes it out of them. */
const leavesLoads =
  /^(?:HeadShown|PullRequestChecked|AlarmRang|RolesAsked|RulesSeen|EvidenceAdded|Criterion\w*|Concern\w*)$/;

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
  // The row first: whoever makes lists again holds it while it writes the loads of the same epic.
  await projectEpic(tx, rowOf(epic, { epicId, version, last: last.at }), projection);
  if (!events.every(({ type }) => leavesLoads.test(type)))
    await projectLoads(tx, { id: epicId, repositoryId: epic.subject.repository.id }, loadsOf(epic));
};
