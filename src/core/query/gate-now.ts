/** One gate as it stands: which roles have approved, which are missing, and how it was passed if it was. */
import { judgeGate } from '../epic/gate.ts';
import { outstanding } from '../epic/outstanding.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';

/** `closed`: its stage is not submitted yet. `open`: people are waited for. */
export type GateState = 'closed' | 'open' | 'passed' | 'overridden' | 'timed-out' | 'skipped' | 'cancelled';

/** A gate in figures and names. */
export interface GateNow {
  readonly stage: string;
  readonly issue: number | null;
  readonly gate: string;
  readonly class: string | null;
  readonly state: GateState;
  /** When the stage was submitted, while the gate is open. */
  readonly openSince: string | null;
  readonly approved: readonly { readonly role: string; readonly by: string }[];
  /** Roles whose approval would bring it nearer; where any of several would do, all of them. */
  readonly missing: readonly string[];
  /** Criteria and concerns that keep it shut beside missing approvals, each a sentence of Markdown. */
  readonly outstanding: readonly string[];
  readonly submissions: number;
}

const stateOf = (stage: Stage, passed: boolean): GateState => {
  if (stage.status === 'skipped' || stage.status === 'cancelled') return stage.status;
  // Time passes over missing approvals, not over criteria and concerns; what is done was passed, whatever was learned since.
  if (!passed && stage.status !== 'done') return stage.status === 'in-review' ? 'open' : 'closed';
  if (stage.override !== undefined) return 'overridden';
  return stage.timedOut === undefined ? 'passed' : 'timed-out';
};

/** The gate of a stage; undefined where it has none. */
export const gateNow = (epic: OpenedEpic, stage: Stage): GateNow | undefined => {
  const { gate, key } = stage.definition;
  if (gate === undefined) return undefined;
  const verdict = judgeGate(epic, stage);
  const state = stateOf(stage, verdict.passed);
  const waits = state === 'open' || state === 'closed';
  return {
    stage: key,
    issue: stage.issue?.number ?? null,
    gate: gate.name,
    class: gate.class ?? null,
    state,
    openSince: state === 'open' ? stage.since : null,
    approved: verdict.filled.map(({ role, by }) => ({ role, by: by.login })),
    missing: waits && stage.timedOut === undefined ? verdict.wanted : [],
    outstanding: waits ? outstanding(epic, stage).map((one) => one.says) : [],
    submissions: stage.submission,
  };
};

/** True for what no longer holds anything up. */
export const isPassed = ({ state }: GateNow): boolean =>
  state === 'passed' || state === 'overridden' || state === 'timed-out' || state === 'skipped';
