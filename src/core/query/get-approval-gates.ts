/** `getApprovalGates` (Q-06): the gates that are not passed, the open ones first, with who is missing. */
import { judgeGate } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { code, whoHoldAny } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { lengthText } from '../render/length-text.ts';
import { neutralCode } from '../render/neutral.ts';
import { approveWords } from './approve-words.ts';
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

/** While nothing moves, an approval is refused: what is to be said first. */
const explainStill = (epic: OpenedEpic, key: string): string | undefined => {
  const stage = findStage(epic, key);
  const hold = stage === undefined ? undefined : heldBy(epic, stage);
  if (epic.status !== 'paused' && hold === undefined) return undefined;
  const next = epic.status === 'paused' || hold === undefined ? '/resume' : `/resume ${hold.part.name}`;
  return ` It is paused, and takes no approval. **Next:** ${code(next)}`;
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
  const still = explainStill(epic, gate.stage);
  const given = gate.approved.map(({ role, by }) => `${code(role)} by ${code(by)}`).join(', ');
  const so = given === '' ? '' : ` Approved: ${given}.`;
  const age = lengthText(secondsBetween(gate.openSince, at));
  const who =
    gate.missing.length === 0
      ? ''
      : ` **Who:** ${whoHoldAny(epic.rules, gate.missing)}. **Next:** ${code(approveWords(epic, gate.stage))}`;
  const also = gate.outstanding.map((says) => ` ${says}`).join('');
  return `- ◉ ${name} of ${where}: open for ${age}.${so}${also}${still ?? who}`;
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
