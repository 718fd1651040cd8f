/** One epic as lists, lanes and pages are told of it: a row made from its state alone. */
import { judgeGate } from '../core/epic/gate.ts';
import { reviewDue } from '../core/epic/glass.ts';
import { owedBy } from '../core/epic/outstanding.ts';
import { nextAlarm } from '../core/epic/overdue.ts';
import { openQuestions } from '../core/epic/question.ts';
import { isFinal, shownStatus } from '../core/epic/stage.ts';
import type { Approval, OpenedEpic, Stage } from '../core/epic/state.ts';
import type { EpicRow } from '../ledger/read-models/epics.ts';
import { countReworks, type PastSummary, roundSummary } from './round-summary.ts';

/** Counts on with every change of what a row is made of: rows of another number are made again when Gatehouse starts. */
export const projection = 3;

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
  /** Roles whose approval it waits for. */
  readonly missing: readonly string[];
  /** Who keeps its gate shut though no approval is missing, by login; absent where nobody does. */
  readonly owed?: readonly string[];
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

/** What a gate that is not passed waits for: approvals, or else somebody who settles what is open. */
const waitsFor = (epic: OpenedEpic, stage: Stage): Pick<StageSummary, 'missing' | 'owed'> => {
  if (stage.status !== 'in-review') return { missing: [] };
  const { passed, wanted } = judgeGate(epic, stage);
  if (passed) return { missing: [] };
  if (stage.timedOut === undefined && wanted.length > 0) return { missing: wanted };
  const asked = openQuestions(stage).length > 0 && stage.claimant !== undefined ? [stage.claimant] : [];
  const people = [...owedBy(epic, stage), ...asked].map(({ login }) => login);
  return { missing: [], owed: [...new Set(people)] };
};

const stageSummary = (epic: OpenedEpic, stage: Stage): StageSummary => ({
  key: stage.definition.key,
  role: stage.definition.role,
  action: stage.definition.action,
  status: shownStatus(stage),
  since: stage.since,
  issue: stage.issue?.number ?? null,
  claimant: stage.claimant?.login ?? null,
  gate: stage.definition.gate?.name ?? null,
  ...waitsFor(epic, stage),
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

const alarmOf = (epic: OpenedEpic): Date | null => {
  const next = nextAlarm(epic);
  return next === undefined ? null : new Date(next);
};

/** An epic's row as lists show it, from its state alone; `last` is when its last event happened. */
export const rowOf = (
  epic: OpenedEpic,
  { epicId, version, last }: { readonly epicId: string; readonly version: number; readonly last: string },
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
