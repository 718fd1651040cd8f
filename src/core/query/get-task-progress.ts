/** `getTaskProgress` (Q-12): every stage with what it still lacks, as a share of what it needs. */
import { explainStage } from '../epic/explain.ts';
import type { Explanation } from '../epic/explanation.ts';
import { code } from '../epic/say-who.ts';
import { shownStatus } from '../epic/stage.ts';
import { missingParts } from '../render/explanation-text.ts';
import { statusSign } from '../render/status-sign.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';

/** One stage's progress. */
interface Progress {
  readonly stage: string;
  readonly status: ReturnType<typeof shownStatus>;
  readonly claimant: string | null;
  /** Conditions that hold, of all there are. */
  readonly held: number;
  readonly conditions: number;
  /** What is missing, each a sentence of Markdown. */
  readonly missing: readonly string[];
}

/** The answer of `getTaskProgress`. */
interface TaskProgress {
  readonly tasks: readonly Progress[];
}

const leaves = (tree: Explanation): readonly Explanation[] =>
  tree.parts.length === 0 ? [tree] : tree.parts.flatMap(leaves);

const answer = (asked: Asked): TaskProgress => ({
  tasks: askedStages(asked).map((stage) => {
    const tree = explainStage(asked.epic, stage);
    const conditions = leaves(tree);
    return {
      stage: stage.definition.key,
      status: shownStatus(stage),
      claimant: stage.claimant?.login ?? null,
      held: conditions.filter((one) => one.holds).length,
      conditions: conditions.length,
      missing: missingParts(tree).map((one) => one.says),
    };
  }),
});

const lines = ({ tasks }: TaskProgress): readonly string[] =>
  tasks.flatMap((one) => [
    `- ${code(one.stage)} ${statusSign(one.status)} · ${one.held} of ${one.conditions}${one.claimant === null ? '' : ` · ${code(one.claimant)}`}`,
    ...one.missing.map((says) => `  - ${says}`),
  ]);

/** The record of `getTaskProgress`. */
export const getTaskProgress = query<TaskProgress>({
  name: 'getTaskProgress',
  word: null,
  summary: 'Every stage with what it still lacks.',
  ofStage: true,
  answer,
  lines,
});
