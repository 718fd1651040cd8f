/** `getGateStatus`: every gate with its verdict. */
import { code } from '../epic/say-who.ts';
import { neutralCode } from '../render/neutral.ts';
import { table } from '../render/table.ts';
import { askedStages } from './asked-stages.ts';
import { type GateNow, gateNow } from './gate-now.ts';
import { type Asked, query } from './query.ts';

/** The answer of `getGateStatus`, in the order of the stages. */
interface GateStatus {
  readonly gates: readonly GateNow[];
}

const answer = (asked: Asked): GateStatus => ({
  gates: askedStages(asked).flatMap((stage) => gateNow(asked.epic, stage) ?? []),
});

const lines = ({ gates }: GateStatus): readonly string[] =>
  gates.length === 0
    ? ['There is no gate here.']
    : table(
        ['gate', 'stage', 'verdict', 'approved', 'missing', 'submissions'],
        gates.map((gate) => [
          neutralCode(gate.gate),
          code(gate.stage),
          gate.state,
          gate.approved.map(({ role, by }) => `${code(role)} by ${code(by)}`).join(', '),
          gate.missing.map(code).join(', '),
          String(gate.submissions),
        ]),
      );

/** The record of `getGateStatus`. */
export const getGateStatus = query<GateStatus>({
  name: 'getGateStatus',
  word: null,
  summary: 'Every gate with its verdict.',
  ofStage: true,
  answer,
  lines,
});
