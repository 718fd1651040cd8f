/** `getReadinessScore` (Q-29): the share of gates that are passed, 0 to 100, each gate weighing the same. */
import { code } from '../epic/say-who.ts';
import { neutralCode } from '../render/neutral.ts';
import { askedStages } from './asked-stages.ts';
import { type GateNow, gateNow, isPassed } from './gate-now.ts';
import { type Asked, query } from './query.ts';

/** The answer of `getReadinessScore`. */
interface Readiness {
  /** Rounded down, so that 100 means all. Without any gate: the share of stages that are done. */
  readonly score: number;
  readonly ready: boolean;
  readonly passed: number;
  readonly total: number;
  readonly of: 'gates' | 'stages';
  readonly weight: 'equal';
  /** Passed, but not by approvals: overridden, skipped or by time. */
  readonly excused: readonly string[];
  readonly open: readonly string[];
}

const named = (gate: GateNow): string => `${gate.gate} (${gate.stage})`;

const scored = (passed: number, total: number) => ({
  score: total === 0 ? 100 : Math.floor((100 * passed) / total),
  ready: passed === total,
  passed,
  total,
  weight: 'equal' as const,
});

const answer = (asked: Asked): Readiness => {
  const stages = askedStages(asked);
  const gates = stages.flatMap((stage) => gateNow(asked.epic, stage) ?? []);
  if (gates.length === 0) {
    const open = stages.filter(({ status }) => status !== 'done' && status !== 'skipped');
    return {
      ...scored(stages.length - open.length, stages.length),
      of: 'stages',
      excused: stages.filter((stage) => stage.status === 'skipped').map((stage) => stage.definition.key),
      open: open.map((stage) => stage.definition.key),
    };
  }
  const passed = gates.filter(isPassed);
  return {
    ...scored(passed.length, gates.length),
    of: 'gates',
    excused: passed.filter((gate) => gate.state !== 'passed').map(named),
    open: gates.filter((gate) => !isPassed(gate)).map(named),
  };
};

const width = 20;

const lines = (readiness: Readiness, { stage }: Asked): readonly string[] => {
  const { score, passed, total, of, excused, open } = readiness;
  const full = Math.floor((score / 100) * width);
  const list = (names: readonly string[]): string => names.map((name) => neutralCode(name, 120)).join(', ');
  return [
    `**${score} of 100** ${'▰'.repeat(full)}${'▱'.repeat(width - full)} ${passed} of ${total} ${of} passed${stage === undefined ? '' : ` for ${code(stage)}`}, each weighing the same.`,
    ...(open.length === 0 ? [] : ['', `- open: ${list(open)}`]),
    ...(excused.length === 0 ? [] : ['', `- **not by approval:** ${list(excused)}`]),
  ];
};

/** The record of `getReadinessScore`. */
export const getReadinessScore = query<Readiness>({
  name: 'getReadinessScore',
  word: 'readiness',
  summary: 'The share of gates that are passed, from 0 to 100.',
  ofStage: true,
  answer,
  lines,
});
