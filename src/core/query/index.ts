/** The registry of queries, those with a word of their own first; a query exists when it stands here. */
import { getApprovalGates } from './get-approval-gates.ts';
import { getBlockers } from './get-blockers.ts';
import { getBranchStatus } from './get-branch-status.ts';
import { getChildWorkflows } from './get-child-workflows.ts';
import { getClarificationQuestions } from './get-clarification-questions.ts';
import { getDependencyGraph } from './get-dependency-graph.ts';
import { getEvidence } from './get-evidence.ts';
import { getEvidenceSummary } from './get-evidence-summary.ts';
import { getExecutionStatus } from './get-execution-status.ts';
import { getGateStatus } from './get-gate-status.ts';
import { getHistory } from './get-history.ts';
import { getMetrics } from './get-metrics.ts';
import { getNextSteps } from './get-next-steps.ts';
import { getPlan } from './get-plan.ts';
import { getReadinessScore } from './get-readiness-score.ts';
import { getReviewFindings } from './get-review-findings.ts';
import { getReviewStatus } from './get-review-status.ts';
import { getStatus } from './get-status.ts';
import { getTaskProgress } from './get-task-progress.ts';
import { getTaskReview } from './get-task-review.ts';
import { getTimeline } from './get-timeline.ts';
import { getValidationStatus } from './get-validation-status.ts';
import { getWaiting } from './get-waiting.ts';
import type { Query } from './query.ts';

/** Every query there is. */
export const queries: readonly Query[] = [
  getStatus,
  getExecutionStatus,
  getNextSteps,
  getWaiting,
  getApprovalGates,
  getBlockers,
  getEvidence,
  getTimeline,
  getHistory,
  getPlan,
  getDependencyGraph,
  getChildWorkflows,
  getReviewStatus,
  getMetrics,
  getReadinessScore,
  getGateStatus,
  getTaskProgress,
  getTaskReview,
  getClarificationQuestions,
  getBranchStatus,
  getReviewFindings,
  getEvidenceSummary,
  getValidationStatus,
];

const byName: ReadonlyMap<string, Query> = new Map(
  queries.flatMap((query) =>
    [query.name, ...(query.word === null ? [] : [query.word])].map(
      (name) => [name.toLowerCase(), query] as const,
    ),
  ),
);

/** The query of this name or word, in any case; undefined for anything else. */
export const findQuery = (name: string): Query | undefined => byName.get(name.toLowerCase());
