/** `criteria` and `waivers` of a gate: what must be ticked before it passes, and who may let one go (requirements SG-10). */
import { z } from 'zod';
import type { Role } from './definition.ts';
import { line, names } from './names.ts';

/** What a gate asks for beside approvals. */
export interface Criteria {
  /** Each must be ticked or waived before the gate passes. */
  readonly criteria?: readonly string[];
  /** Who may waive one beside the override roles. */
  readonly waivers?: readonly Role[];
}

/** The first that is written a second time, in any case; people name criteria by their words. */
export const repeatedCriterion = (texts: readonly string[]): number | undefined => {
  const known = texts.map((text) => text.toLowerCase());
  const index = known.findIndex((text, at) => known.indexOf(text) < at);
  return index < 0 ? undefined : index;
};

/** The two keys as they stand in a file. */
export const criteriaSchema = {
  criteria: z
    .array(line(300))
    .min(1, 'at least one')
    .max(30, 'at most 30')
    .nullish()
    .meta({
      description: 'What must be ticked with /check, or waived with /waive, before the gate passes.',
      examples: [['tests are green on staging', 'the rollback was rehearsed']],
    }),
  waivers: z
    .array(names.role)
    .max(20, 'at most 20')
    .nullish()
    .meta({
      description: 'Who may waive a criterion, beside the override roles.',
      examples: [['QA_LEAD']],
    }),
};

/** As they are written → as they are kept; nothing where nothing was written. */
export const readCriteria = (given: {
  readonly criteria?: readonly string[] | null | undefined;
  readonly waivers?: readonly Role[] | null | undefined;
}): Criteria => ({
  ...(given.criteria != null && { criteria: given.criteria }),
  ...(given.waivers != null && given.waivers.length > 0 && { waivers: given.waivers }),
});
