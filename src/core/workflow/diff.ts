/** What differs between two definitions of a workflow, stage by stage, in words people read. */
import type { Requirement } from './approval.ts';
import type { GateDefinition, StageDefinition, StageKey, WorkflowDefinition } from './definition.ts';
import { writeDuration } from './duration.ts';
import type { Timeouts } from './timeouts.ts';

/** One field as it was and as it would be; an empty text is "none". */
export interface FieldChange {
  /** As it is written in the file: `role`, `approvers`, `timeouts.remind_after`. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Stages by key, each in the order of the file it stands in. */
export interface WorkflowDiff {
  readonly added: readonly StageDefinition[];
  readonly removed: readonly StageDefinition[];
  /** Removed and added stages that have the same role and action: probably one under another name. */
  readonly renamed: readonly { readonly from: StageKey; readonly to: StageKey }[];
  readonly changed: readonly { readonly key: StageKey; readonly fields: readonly FieldChange[] }[];
  /** What is not of one stage: version, description, what the workflow says about itself. */
  readonly about: readonly FieldChange[];
  /** True where stages that both have stand in another order. */
  readonly reordered: boolean;
}

type Texts = Readonly<Record<string, string>>;

const time = (ms: number | undefined): string => (ms === undefined ? '' : writeDuration(ms));

const requirementText = (required: Requirement | undefined): string =>
  required === undefined ? '' : typeof required === 'string' ? required : JSON.stringify(required);

const timeoutTexts = (timeouts: Timeouts = {}): Texts => ({
  'timeouts.remind_after': time(timeouts.remindAfter),
  'timeouts.escalate_after': time(timeouts.escalateAfter),
  'timeouts.escalate_to': timeouts.escalateTo ?? '',
  'timeouts.widen_after': time(timeouts.widenAfter),
  'timeouts.widen_to': timeouts.widenTo ?? '',
  'timeouts.auto_reject_after': time(timeouts.rejectAfter),
  'timeouts.auto_approve_after': time(timeouts.approveAfter),
});

const spelt = (value: unknown): string =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? value.join('; ')
    : JSON.stringify(value);

/** Whatever else a gate asks for, under the names of the file. */
const furtherTexts = (gate: GateDefinition): Texts => {
  const { name: _, approvers: __, timeouts: ___, require: ____, validFor: _____, ...further } = gate;
  const asked = Object.entries(further).filter(([, value]) => value !== undefined && value !== false);
  return Object.fromEntries(
    asked.map(([key, value]) => [
      `approval.${key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      spelt(value),
    ]),
  );
};

/** What decides who passes a gate; the order of names decides nothing. */
const gateTexts = (gate: GateDefinition | undefined): Texts => ({
  approval_gate: gate?.name ?? '',
  approvers: [...(gate?.approvers ?? [])].sort().join(', '),
  ...(gate === undefined ? {} : furtherTexts(gate)),
  'approval.require': requirementText(gate?.require),
  'approval.valid_for': time(gate?.validFor),
});

const list = (names: readonly string[] | undefined): string => [...(names ?? [])].sort().join(', ');

const textsOf = (stage: StageDefinition): Texts => ({
  role: stage.role,
  action: stage.action,
  output: stage.output ?? '',
  deliverables: stage.deliverables.join('; '),
  depends_on: list(stage.dependsOn),
  ...gateTexts(stage.gate),
  ...timeoutTexts(stage.gate?.timeouts),
  distinct_from: list(stage.distinctFrom),
  due: time(stage.due),
  claim_expires: time(stage.claimExpires),
  notes: stage.notes ?? '',
});

const changesOf = (before: Texts, after: Texts): readonly FieldChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => (before[field] ?? '') !== (after[field] ?? ''))
    .map((field) => ({ field, before: before[field] ?? '', after: after[field] ?? '' }));

const aboutTexts = ({ version, description, metadata }: WorkflowDefinition): Texts => ({
  version,
  description,
  workflow_metadata: JSON.stringify(metadata),
});

/** True where another set of people, or the same under other conditions, would pass the stage's gate. */
export const sameGate = (one: StageDefinition, other: StageDefinition): boolean =>
  changesOf(gateTexts(one.gate), gateTexts(other.gate)).length === 0 &&
  list(one.distinctFrom) === list(other.distinctFrom);

/** True where the same would happen at the same times while nobody answers the stage's gate. */
export const sameTimeouts = (one: StageDefinition, other: StageDefinition): boolean =>
  changesOf(timeoutTexts(one.gate?.timeouts), timeoutTexts(other.gate?.timeouts)).length === 0;

/** Compares two definitions; the same one twice differs in nothing. Never refuses: what may be done about it is decided elsewhere. */
export const diffWorkflows = (before: WorkflowDefinition, after: WorkflowDefinition): WorkflowDiff => {
  const old = new Map(before.stages.map((stage) => [stage.key, stage]));
  const now = new Map(after.stages.map((stage) => [stage.key, stage]));
  const added = after.stages.filter((stage) => !old.has(stage.key));
  const removed = before.stages.filter((stage) => !now.has(stage.key));
  const renamed = removed.flatMap((gone) => {
    const to = added.find((one) => one.role === gone.role && one.action === gone.action);
    return to === undefined ? [] : [{ from: gone.key, to: to.key }];
  });
  const changed = after.stages.flatMap((stage) => {
    const was = old.get(stage.key);
    const fields = was === undefined ? [] : changesOf(textsOf(was), textsOf(stage));
    return fields.length === 0 ? [] : [{ key: stage.key, fields }];
  });
  const orderBefore = before.stages.filter((stage) => now.has(stage.key)).map((stage) => stage.key);
  const orderAfter = after.stages.filter((stage) => old.has(stage.key)).map((stage) => stage.key);
  return {
    added,
    removed,
    renamed,
    changed,
    about: changesOf(aboutTexts(before), aboutTexts(after)),
    reordered: orderBefore.join('\n') !== orderAfter.join('\n'),
  };
};
