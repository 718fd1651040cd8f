/** A stage on which nothing has happened yet. */
import type { StageDefinition } from '../workflow/definition.ts';
import { startClock } from './clock.ts';
import type { Stage } from './state.ts';

/** It waits until `settle` finds that nothing keeps it. */
export const newStage = (definition: StageDefinition, at: string): Stage => ({
  definition,
  status: 'waiting',
  since: at,
  submission: 0,
  note: '',
  approvals: [],
  gatePassed: false,
  blockers: [],
  evidence: [],
  clock: startClock(at, false),
  rung: [],
  widened: [],
});
