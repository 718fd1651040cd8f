/** `getEvidence`: the links and sentences recorded on stages. */
import { pastRounds, roundOf } from '../epic/round-of.ts';
import { code } from '../epic/say-who.ts';
import { shownStatus } from '../epic/stage.ts';
import type { Stage } from '../epic/state.ts';
import { evidenceText } from '../render/evidence-text.ts';
import { moment } from '../render/moment.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';

/** One piece of evidence. */
interface Piece {
  readonly stage: string;
  readonly round: number;
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

/** The answer of `getEvidence`: in the order of the stages, each in the order it was recorded. */
interface Evidence {
  /** The stages it is about: the one asked for, or all. */
  readonly stages: readonly string[];
  readonly evidence: readonly Piece[];
}

/** Of all rounds: what was shown before somebody went back is not lost. */
const recorded = (stage: Stage) =>
  [...pastRounds(stage), { round: roundOf(stage), evidence: stage.evidence }].flatMap(({ round, evidence }) =>
    evidence.map((one) => ({ round, one })),
  );

const answer = (asked: Asked): Evidence => ({
  stages: askedStages(asked).map((stage) => stage.definition.key),
  evidence: askedStages(asked).flatMap((stage) =>
    recorded(stage).map(({ round, one }) => ({
      stage: stage.definition.key,
      round,
      by: one.by.login,
      at: one.at,
      text: one.text,
    })),
  ),
});

const lines = ({ evidence }: Evidence, asked: Asked): readonly string[] => {
  if (evidence.length === 0) {
    const where = asked.stage === undefined ? 'this epic' : code(asked.stage);
    return [`No evidence is recorded on ${where} yet. **Next:** ${code('/evidence <url or text>')}`];
  }
  return askedStages(asked)
    .filter((stage) => recorded(stage).length > 0)
    .flatMap((stage) => [
      `**${code(stage.definition.key)}** (${shownStatus(stage)})`,
      '',
      ...recorded(stage).map(({ round, one }) => {
        const past = round === roundOf(stage) ? '' : ` (round ${round})`;
        return `- ${evidenceText(one.text)} · ${code(one.by.login)}, ${moment(one.at)}${past}`;
      }),
      '',
    ])
    .slice(0, -1);
};

/** The record of `getEvidence`; `/evidence` without a text answers with it. */
export const getEvidence = query<Evidence>({
  name: 'getEvidence',
  word: 'evidence',
  summary: 'The evidence recorded on the stage, or on all of them.',
  ofStage: true,
  answer,
  lines,
});
