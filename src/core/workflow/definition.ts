/** The one model every workflow dialect is normalised to; an epic keeps the one it started with. */

import type { ApprovalRules } from './approval.ts';
import type { Timeouts } from './timeouts.ts';

/** A stage's key as written in the file, for example `1_define`; unique in its workflow. */
export type StageKey = string;

/** A name from `roles:` in gatehouse.yml, for example `ENGINEERING_MANAGER`. */
export type Role = string;

/** What must be approved before a stage is done. `approvers` is never empty: one approval per role. */
export interface GateDefinition extends ApprovalRules {
  readonly name: string;
  /** Roles, and people written `@login`, each once. */
  readonly approvers: readonly Role[];
  readonly timeouts?: Timeouts;
}

/** One part of a workflow. A stage without a gate is done when it is submitted. */
export interface StageDefinition {
  readonly key: StageKey;
  readonly role: Role;
  readonly action: string;
  readonly output?: string;
  readonly deliverables: readonly string[];
  readonly dependsOn: readonly StageKey[];
  readonly gate?: GateDefinition;
  readonly notes?: string;
  /** Milliseconds from ready until it should be done. */
  readonly due?: number;
  /** Milliseconds after which a claim that shows no sign of life is given back. */
  readonly claimExpires?: number;
  /** Whoever claimed these stages, or wrote in their pull requests, may neither claim nor approve this one. */
  readonly distinctFrom?: readonly StageKey[];
}

/** A JSON value, as extra metadata blocks may hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a workflow says about itself beside its stages; carried and shown, never decisive. */
export interface WorkflowMetadata {
  readonly participants: readonly string[];
  readonly context?: string;
  readonly typicalDuration?: string;
  readonly successCriteria: readonly string[];
  /** level → policy text, in file order. */
  readonly priorityLevels: readonly { readonly level: string; readonly policy: string }[];
  readonly criticalPath: readonly string[];
  readonly failureModes: readonly string[];
  /** Blocks the language has no word for, kept in file order under their own names. */
  readonly extra: readonly { readonly name: string; readonly value: Json }[];
}

/** A whole workflow: stages in file order; every `dependsOn` names an earlier or later stage of it, without cycles. */
export interface WorkflowDefinition {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly metadata: WorkflowMetadata;
  readonly stages: readonly StageDefinition[];
}
