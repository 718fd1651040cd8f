/** What a dialect does: it recognises its files and reads them into the one model. */
import { approvalSchema } from '../approval.ts';
import type { Json, WorkflowDefinition } from '../definition.ts';
import type { StageDraft } from '../draft.ts';
import type { Finding, Path } from '../finding.ts';
import type { JsonMap } from '../json-map.ts';
import { workflowSchema } from '../schema.ts';
import type { Branch } from '../yaml-tree.ts';

/** What one file came to. There is a definition only where the shape is right; the stages are still to be checked. */
export interface Reading {
  readonly findings: readonly Finding[];
  readonly stages: { readonly value: Json | undefined; readonly path: Path };
  /** The stages as far as they can be read, where the dialect has other words for them. */
  readonly draft?: readonly StageDraft[];
  readonly definition?: WorkflowDefinition;
}

/** A way of writing a workflow. */
export interface Dialect {
  readonly recognises: (root: JsonMap) => boolean;
  readonly read: (root: JsonMap, tree: Branch) => Reading;
}

const body = workflowSchema.keyed.shape;
const approval = approvalSchema.unwrap().unwrap().shape;

/** The fields known at a path of a workflow's body: its own at the top, a stage's at `stages.<n>`, and those of its `approval`. */
export const fieldsAt = (path: Path): readonly string[] => {
  if (path.length === 0) return Object.keys(body);
  if (path[0] === 'stages' && path.length === 3 && path[2] === 'approval') return Object.keys(approval);
  return path[0] === 'stages' && path.length === 2 ? Object.keys(body.stages.element.shape) : [];
};
