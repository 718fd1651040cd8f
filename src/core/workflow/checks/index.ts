/** Everything that is checked about a workflow's stages, each in a file of its own. */
import type { Check } from './check.ts';
import { cycle } from './cycle.ts';
import { dependencyLimit } from './dependency-limit.ts';
import { duplicateStages } from './duplicate-stages.ts';
import { gateApprovers } from './gate-approvers.ts';
import { criteriaRules, distinctStages, gateRules } from './gate-rules.ts';
import { oneWord } from './one-word.ts';
import { repeatedNames } from './repeated-names.ts';
import { selfDependency } from './self-dependency.ts';
import { stageCount } from './stage-count.ts';
import { unknownRoles } from './unknown-roles.ts';
import { unknownStages } from './unknown-stages.ts';

/** The order does not matter: problems are sorted by place. */
export const checks: readonly Check[] = [
  stageCount,
  gateRules,
  criteriaRules,
  distinctStages,
  duplicateStages,
  unknownStages,
  selfDependency,
  oneWord,
  repeatedNames,
  cycle,
  dependencyLimit,
  gateApprovers,
  unknownRoles,
];
