/** The stage dialect (contract §6): `name`, `version`, `description` and `stages` at the root. */
import { workflowSchema } from '../schema.ts';
import { shapeFindings } from '../shape-findings.ts';
import { assemble, type Parts, partsFindings } from './assemble.ts';
import { type Dialect, fieldsAt } from './dialect.ts';

/** Reads every file no other dialect recognises. */
export const stages: Dialect = {
  recognises: () => true,
  read: (root, tree) => {
    const body = workflowSchema.stages.safeParse(root);
    const knownAt = (path: Parts['blockPath']) =>
      path.length === 0 ? ['name', ...fieldsAt(path)] : fieldsAt(path);
    const parts: Parts = { name: body.data?.name ?? '', block: root, blockPath: [], siblings: [] };
    return {
      findings: [
        ...shapeFindings(body.error?.issues ?? [], { value: root, at: [], knownAt }),
        ...partsFindings(parts),
      ],
      stages: { value: root['stages'], path: ['stages'] },
      ...(body.success && { definition: assemble(parts, body.data, {}, tree) }),
    };
  },
};
