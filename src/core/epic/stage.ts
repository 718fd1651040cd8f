/** Reading a stage: its shown status, what it waits for, and which pull requests belong to it. */
import type { Role, StageKey } from '../workflow/definition.ts';
import { roundOf } from './round-of.ts';
import type { OpenedEpic, Pull, Stage, StageStatus } from './state.ts';

/** What `stage:<state>` says (contract §3): the stage's status, with an open blocker shown over it. */
export type ShownStatus = StageStatus | 'blocked';

const final: ReadonlySet<StageStatus> = new Set(['done', 'skipped', 'failed', 'cancelled']);

/** True once nothing about the stage can change any more in this round. */
export const isFinal = (stage: Stage): boolean => final.has(stage.status);

/** True for what satisfies a dependency: done or skipped (contract §3). */
export const isSettled = (stage: Stage): boolean => stage.status === 'done' || stage.status === 'skipped';

/** The status people see. */
export const shownStatus = (stage: Stage): ShownStatus =>
  stage.blockers.length > 0 && !isFinal(stage) ? 'blocked' : stage.status;

/** The stage with this key, if the epic's definition has it. */
export const findStage = (epic: OpenedEpic, key: StageKey): Stage | undefined =>
  epic.stages.find((stage) => stage.definition.key === key);

/** The stages that must be done or skipped before this one is claimable and are not. */
export const openDependencies = (epic: OpenedEpic, stage: Stage): readonly Stage[] =>
  stage.definition.dependsOn
    .map((key) => findStage(epic, key))
    .filter((dependency): dependency is Stage => dependency !== undefined && !isSettled(dependency));

/** The roles by which one may approve or reject: the gate's, and those it was opened to because nobody answered. */
export const mayFill = (stage: Stage): readonly Role[] => [
  ...(stage.definition.gate?.approvers ?? []),
  ...stage.widened,
];

/** The roles by which one may reject or raise a concern: those that may approve, and those with a veto. */
export const mayReject = (stage: Stage): readonly Role[] => [
  ...mayFill(stage),
  ...(stage.definition.gate?.veto ?? []),
];

/** Pull requests that count for the stage in its present round: linked (not merely proposed), whatever became of them. */
export const pullsOf = (epic: OpenedEpic, key: StageKey): readonly Pull[] => {
  const round = roundOf(findStage(epic, key) ?? {});
  return epic.pulls.filter((pull) => pull.stage === key && pull.link === 'linked' && roundOf(pull) === round);
};

/** Those of them that an approval must cover: open, or merged while the gate was open; a closed one is out of the story. */
export const judgedPulls = (epic: OpenedEpic, key: StageKey): readonly Pull[] =>
  pullsOf(epic, key).filter((pull) => pull.state !== 'closed');

/** Those of them that keep the stage from being done (contract §3: each merged or closed). */
export const openPulls = (epic: OpenedEpic, key: StageKey): readonly Pull[] =>
  pullsOf(epic, key).filter((pull) => pull.state === 'open');
