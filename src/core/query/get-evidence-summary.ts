/** `getEvidenceSummary`: per stage, how much evidence there is beside what the stage is to deliver. */
import { code } from '../epic/say-who.ts';
import { shownStatus } from '../epic/stage.ts';
import { moment } from '../render/moment.ts';
import { table } from '../render/table.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';

/** One stage's evidence in figures. */
interface StageEvidence {
  readonly stage: string;
  readonly status: string;
  readonly deliverables: number;
  readonly pieces: number;
  /** Those of them that are web addresses. */
  readonly links: number;
  readonly by: readonly string[];
  readonly latest: string | null;
}

/** The answer of `getEvidenceSummary`. */
interface EvidenceSummary {
  readonly pieces: number;
  /** Stages that were submitted, have something to deliver, and show nothing for it. */
  readonly without: readonly string[];
  readonly stages: readonly StageEvidence[];
}

const answer = (asked: Asked): EvidenceSummary => {
  const stages = askedStages(asked).map((stage) => ({
    stage: stage.definition.key,
    status: shownStatus(stage),
    deliverables: stage.definition.deliverables.length,
    pieces: stage.evidence.length,
    links: stage.evidence.filter((one) => /^https?:\/\//i.test(one.text.trim())).length,
    by: [...new Set(stage.evidence.map((one) => one.by.login))],
    latest: stage.evidence.at(-1)?.at ?? null,
  }));
  const shown = (status: string): boolean => status === 'in-review' || status === 'done';
  const bare = stages.filter((one) => shown(one.status) && one.deliverables > 0 && one.pieces === 0);
  return {
    pieces: stages.reduce((sum, one) => sum + one.pieces, 0),
    without: bare.map((one) => one.stage),
    stages,
  };
};

const lines = ({ stages, without }: EvidenceSummary): readonly string[] => [
  ...table(
    ['stage', 'state', 'to deliver', 'evidence', 'by', 'latest'],
    stages.map((one) => [
      code(one.stage),
      one.status,
      String(one.deliverables),
      one.links === 0 ? String(one.pieces) : `${one.pieces} (links: ${one.links})`,
      one.by.map(code).join(', '),
      one.latest === null ? '' : moment(one.latest),
    ]),
  ),
  ...(without.length === 0 ? [] : ['', `Submitted without evidence: ${without.map(code).join(', ')}.`]),
];

/** The record of `getEvidenceSummary`. */
export const getEvidenceSummary = query<EvidenceSummary>({
  name: 'getEvidenceSummary',
  word: null,
  summary: 'How much evidence each stage has.',
  ofStage: true,
  answer,
  lines,
});
