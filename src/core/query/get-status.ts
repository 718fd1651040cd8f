/** `getStatus`: the phase an epic is in, how far it is, what stands in its way, who is waited for. */
import { explainStage } from '../epic/explain.ts';
import { isSettled, shownStatus } from '../epic/stage.ts';
import { statusReply } from '../render/status-reply.ts';
import { waitingFor } from '../render/waiting-for.ts';
import { type Blocker, blockersOf } from './get-blockers.ts';
import { type Asked, query } from './query.ts';

/** Where an epic stands. */
export interface Status {
  readonly title: string;
  readonly workflow: string;
  readonly round: number;
  readonly status: 'running' | 'paused' | 'done' | 'cancelled';
  /** Keys of the stages that are neither waiting nor over: what is going on now. */
  readonly phase: readonly string[];
  readonly progress: { readonly settled: number; readonly total: number; readonly percent: number };
  readonly blockers: readonly Blocker[];
  /** One sentence of Markdown. */
  readonly waitingFor: string;
  readonly stages: readonly {
    readonly stage: string;
    readonly issue: number | null;
    readonly status: string;
  }[];
}

const over = new Set(['waiting', 'done', 'skipped', 'failed', 'cancelled']);

/** The answer of `getStatus`. */
const statusOf = ({ epic }: Asked): Status => {
  const total = epic.stages.length;
  const settled = epic.stages.filter(isSettled).length;
  return {
    title: epic.title,
    workflow: epic.definition.name,
    round: epic.round,
    status: epic.status,
    phase: epic.stages.filter((stage) => !over.has(stage.status)).map((stage) => stage.definition.key),
    progress: { settled, total, percent: total === 0 ? 100 : Math.floor((100 * settled) / total) },
    blockers: epic.stages.flatMap(blockersOf),
    waitingFor: waitingFor(epic),
    stages: epic.stages.map((stage) => ({
      stage: stage.definition.key,
      issue: stage.issue?.number ?? null,
      status: shownStatus(stage),
    })),
  };
};

/** The record of `getStatus`; `/status` answers with it. */
export const getStatus = query<Status>({
  name: 'getStatus',
  word: 'status',
  summary: 'Where the epic stands and who is being waited for.',
  ofStage: false,
  answer: statusOf,
  lines: (_, { epic }) => statusReply(epic, (stage) => explainStage(epic, stage)).split('\n'),
});
