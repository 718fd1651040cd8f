/** Epics that are gone back on, for given–when–then: a branched workflow, and what rounds its stages are in. */
import { findStage } from '../../../src/core/epic/stage.ts';
import type { Stage } from '../../../src/core/epic/state.ts';
import { cast, type Given, on, opened, stage, workflow } from './given.ts';

const { dan } = cast;

/** A stage of the epic, or a failing test. */
export const stageIn = (given: Given, key: string): Stage => {
  const found = findStage(opened(given), key);
  if (found === undefined) throw new Error(`There is no stage ${key}.`);
  return found;
};

/** `{ define: 'done 1', … }` */
export const rounds = (given: Given): Readonly<Record<string, string>> =>
  Object.fromEntries(
    opened(given).stages.map((one) => [one.definition.key, `${one.status} ${one.round ?? 1}`]),
  );
/** `plan` → `draw` and `write` side by side → `ship`; `hire` on its own. */
export const branched = {
  ...workflow,
  stages: [
    stage('plan'),
    stage('draw', { dependsOn: ['plan'] }),
    stage('write', { dependsOn: ['plan'] }),
    stage('hire'),
    stage('ship', { dependsOn: ['draw', 'write'], gate: { name: 'go', approvers: ['EM'] } }),
  ],
};

/** Claimed and submitted by dan. */
export const finish = (given: Given, key: string): Given =>
  given.and(dan, on(key, 'Claim')).and(dan, on(key, 'Submit'));
