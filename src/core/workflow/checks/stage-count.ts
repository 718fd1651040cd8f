/** No stages at all, or more than GitHub can hold. */
import type { Check } from './check.ts';

/** GitHub: 100 sub-issues per parent, and every stage is a sub-issue of the checklist. */
export const mostStages = 100;

/** A workflow has 1 to 100 stages. */
export const stageCount: Check = function* ({ stages, stagesPath: path }) {
  if (stages.length === 0) {
    yield {
      code: 'no-stages',
      message: 'this workflow has no stages',
      hint: 'it needs at least one',
      path,
      on: 'key',
    };
  }
  if (stages.length > mostStages) {
    const message = `${stages.length} stages: GitHub allows ${mostStages} sub-issues under one issue`;
    yield { code: 'too-many-stages', message, hint: 'split the workflow', path, on: 'key' };
  }
};
