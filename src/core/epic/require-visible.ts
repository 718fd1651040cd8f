/** A condition must be about something this stage has: anything else would never hold, and nobody would know. */
import type { StageKey } from '../workflow/definition.ts';
import type { Condition } from './condition.ts';
import { downstream } from './downstream.ts';
import { type Refusal, refuse } from './refusal.ts';
import { code } from './say-who.ts';
import { findStage, judgedPulls } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** A stage that waits for this one would be waited for by it; one that was skipped is not done and will not be. */
const requireReachable = (epic: OpenedEpic, { definition }: Stage, other: StageKey): Refusal | undefined => {
  const [key, name] = [code(definition.key), code(other)];
  const next = { next: code('/approve') };
  if (downstream(epic, definition.key).some((one) => one.definition.key === other))
    return refuse('unknown-condition', `${name} waits for ${key}: each would wait for the other.`, next);
  return findStage(epic, other)?.status === 'skipped'
    ? refuse('unknown-condition', `${name} was skipped: it will not be done.`, next)
    : undefined;
};

/** Refuses with `unknown-condition` what could never hold for this stage. */
export const requireVisible = (
  epic: OpenedEpic,
  stage: Stage,
  condition: Condition | undefined,
): Refusal | undefined => {
  const { key, gate } = stage.definition;
  if (condition?.kind === 'criteria' && (gate?.criteria ?? []).length === 0)
    return refuse('unknown-condition', `The gate of ${code(key)} has no criteria that could be met.`, {
      next: code('/approve'),
    });
  if (condition?.kind === 'stage' && condition.stage === key)
    return refuse('unknown-condition', `${code(key)} would wait for itself.`, { next: code('/approve') });
  if (condition?.kind === 'stage') return requireReachable(epic, stage, condition.stage);
  if (condition?.kind !== 'check') return undefined;
  if (condition.name.toLowerCase() === 'gatehouse')
    return refuse('unknown-condition', 'The check `gatehouse` waits for this approval itself.', {
      next: code('/approve'),
    });
  if (judgedPulls(epic, key).length > 0) return undefined;
  return refuse('unknown-condition', `${code(key)} has no pull request on which a check could pass.`, {
    next: code('/approve'),
  });
};
