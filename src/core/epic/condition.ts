/** What an approval may wait for: things Gatehouse can see for itself (requirements SG-10). */
import type { StageKey } from '../workflow/definition.ts';
import { openCriteria } from './outstanding.ts';
import { code } from './say-who.ts';
import { findStage, judgedPulls } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** A condition as it is kept with the approval. */
export type Condition =
  | { readonly kind: 'check'; readonly name: string }
  | { readonly kind: 'stage'; readonly stage: StageKey }
  | { readonly kind: 'criteria' };

/** A check run of somebody else, as it was last seen on a commit. */
export interface CheckSeen {
  readonly name: string;
  readonly head: string;
  /** Every latest run of that name ended in `success`. */
  readonly passed: boolean;
}

/** What can be typed, for the refusal of anything else. */
export const knownConditions: readonly string[] = [
  'if check <name> passes',
  'if <stage> is done',
  'if criteria are met',
];

const check = /^(?:the\s+)?check\s+(.{1,100}?)\s+(?:passes|succeeds|is\s+green)$/i;
const criteria = /^(?:all\s+)?(?:the\s+)?criteria\s+are\s+met$/i;
const done = /^(?:the\s+)?(?:stage\s+)?(\S{1,60})\s+is\s+done$/i;

const bare = (name: string): string => name.replace(/^[`"']+|[`"']+$/g, '');

/** The words after `if` → a condition; undefined where they are none that is known. */
export const readCondition = (words: string, stages: readonly StageKey[]): Condition | undefined => {
  const text = words.trim().replace(/[.!]+$/, '');
  if (criteria.test(text)) return { kind: 'criteria' };
  const name = bare(check.exec(text)?.[1] ?? '');
  if (name !== '') return { kind: 'check', name };
  const key = bare(done.exec(text)?.[1] ?? '').toLowerCase();
  const stage = stages.find((one) => one.toLowerCase() === key);
  return stage === undefined ? undefined : { kind: 'stage', stage };
};

/** A condition as it is shown. */
export const conditionText = (condition: Condition): string => {
  if (condition.kind === 'criteria') return 'if the criteria are met';
  return condition.kind === 'check'
    ? `if check ${code(condition.name)} passes`
    : `if ${code(condition.stage)} is done`;
};

/** Whether it holds now: a check on the head of every pull request of the stage, a stage that is done and not skipped. */
export const conditionHolds = (epic: OpenedEpic, stage: Stage, condition: Condition): boolean => {
  if (condition.kind === 'criteria') return openCriteria(stage).length === 0;
  if (condition.kind === 'stage') return findStage(epic, condition.stage)?.status === 'done';
  const pulls = judgedPulls(epic, stage.definition.key);
  return (
    pulls.length > 0 &&
    pulls.every((pull) =>
      (pull.checks ?? []).some((one) => one.name === condition.name && one.head === pull.head && one.passed),
    )
  );
};

/** The names of the checks that approvals of a stage (of all, without one) wait for. */
export const checksAwaited = (epic: OpenedEpic, key?: StageKey): readonly string[] => {
  const stages = epic.stages.filter((stage) => key === undefined || stage.definition.key === key);
  const names = stages.flatMap((stage) =>
    stage.approvals.flatMap(({ condition }) => (condition?.kind === 'check' ? [condition.name] : [])),
  );
  return [...new Set(names)];
};
