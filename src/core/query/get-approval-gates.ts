/** `getApprovalGates` (Q-06): the gates that are not passed, the open ones first, with who is missing. */
import { judgeGate } from '../epic/gate.ts';
import { code, whoHoldAny } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import { lengthText } from '../render/length-text.ts';
import { neutralCode } from '../render/neutral.ts';
import { askedStages } from './asked-stages.ts';
import { type GateNow, gateNow, isPassed } from './gate-now.ts';
import { type Asked, query } from './query.ts';
import { secondsBetween } from './steps.ts';

/** The answer of `getApprovalGates`. */
interface ApprovalGates {
  readonly passed: number;
  readonly total: number;
  readonly pending: readonly GateNow[];
}

const answer = (asked: Asked): ApprovalGates => {
  const gates = askedStages(asked).flatMap((stage) => gateNow(asked.epic, stage) ?? []);
  const pending = gates.filter((gate) => !isPassed(gate) && gate.state !== 'cancelled');
  return {
    passed: gates.filter(isPassed).length,
    total: gates.length,
    pending: [
      ...pending.filter((gate) => gate.state === 'open'),
      ...pending.filter((gate) => gate.state !== 'open'),
    ],
  };
};

const line = (gate: GateNow, { epic, at }: Asked): string => {
  const where = `${gate.issue === null ? '' : `#${gate.issue} `}${code(gate.stage)}`;
  const name = neutralCode(gate.gate);
  if (gate.openSince === null) {
    const stage = findStage(epic, gate.stage);
    const ways = stage === undefined ? [] : judgeGate(epic, stage).nearest;
    const need = ways.map((roles) => roles.map(code).join(', ')).join(', or ');
    return `- ○ ${name} of ${where}: not submitted yet; will need ${need}`;
  }
  const given = gate.approved.map(({ role, by }) => `${code(role)} by ${code(by)}`).join(', ');
  const so = given === '' ? '' : ` Approved: ${given}.`;
  const age = lengthText(secondsBetween(gate.openSince, at));
  const who =
    gate.missing.length === 0
      ? ''
      : ` **Who:** ${whoHoldAny(epic.rules, gate.missing)}. **Next:** ${code(`/approve ${gate.stage}`)}`;
  const also = gate.outstanding.map((says) => ` ${says}`).join('');
  return `- ◉ ${name} of ${where}: open for ${age}.${so}${also}${who}`;
};

const lines = ({ passed, total, pending }: ApprovalGates, asked: Asked): readonly string[] => {
  if (total === 0) return ['There is no gate here.'];
  return [`**${passed} of ${total} gates passed**`, '', ...pending.map((gate) => line(gate, asked))];
};

/** The record of `getApprovalGates`. */
export const getApprovalGates = query<ApprovalGates>({
  name: 'getApprovalGates',
  word: 'gates',
  summary: 'The gates that are not passed yet and whose approval they wait for.',
  ofStage: true,
  answer,
  lines,
});
