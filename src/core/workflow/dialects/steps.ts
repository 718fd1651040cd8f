/** The step dialect (contract §6): `steps` at the root or under the workflow's name; each step is a stage people take on. */
import type { z } from 'zod';
import type { Json } from '../definition.ts';
import { draftStages } from '../draft.ts';
import type { Finding, Path } from '../finding.ts';
import { isList, isMap, type JsonMap } from '../json-map.ts';
import { metadataSchema } from '../schema.ts';
import { shapeFindings } from '../shape-findings.ts';
import { stepSchema } from '../step-schema.ts';
import { assemble, type Parts, partsFindings } from './assemble.ts';
import type { Dialect } from './dialect.ts';
import { nameFindings } from './keyed.ts';

type Body = z.infer<typeof stepSchema.keyed>;
type Step = Body['steps'][number];

const beside = 'workflow_metadata';
const hasSteps = (fields: Json | undefined): boolean =>
  isMap(fields) && Object.hasOwn(fields, 'steps') && !Object.hasOwn(fields, 'stages');

/** Where the block with the steps is; undefined where there is none. */
const blockPath = (root: JsonMap): Path | undefined => {
  if (hasSteps(root)) return [];
  if (Object.hasOwn(root, 'stages')) return undefined;
  const name = Object.keys(root).find((key) => key !== beside && hasSteps(root[key]));
  return name === undefined ? undefined : [name];
};

const knownAt =
  (shape: Readonly<Record<string, unknown>>) =>
  (path: Path): readonly string[] => {
    if (path.length === 0) return Object.keys(shape);
    return path[0] === 'steps' && path.length === 2
      ? Object.keys(stepSchema.keyed.shape.steps.element.shape)
      : [];
  };

const written = (word: string, value: Json | undefined): readonly string[] =>
  value === undefined || value === null ? [] : [`${word}: ${JSON.stringify(value)}`];

/** What the model has no word for is said to whoever takes the step on; as plain text, which is how notes are shown. */
const notesOf = (step: Step): string => {
  const condition = step.condition ?? step.when;
  const parts = [
    step.description ?? '',
    condition === undefined || condition === null
      ? ''
      : `Only if: ${String(condition)}; otherwise /skip <reason>.`,
    step.retries === undefined || step.retries === null ? '' : `Retries: ${step.retries}`,
    ...written('Params', step.params),
    ...written('Variables', step.variables),
    ...written('Inputs', step.inputs),
    ...written('Outputs', step.outputs),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
};

/** Steps that name no dependency anywhere are done one after the other (requirements DP-20). */
const stagesOf = (steps: readonly Step[]) => {
  const free = steps.every((step) => step.dependencies == null && step.depends_on == null);
  return steps.map((step, index) => {
    const before = free ? steps.slice(0, index).at(-1)?.id : undefined;
    return {
      stage: step.id,
      role: step.persona ?? step.type,
      action: step.action ?? step.name ?? step.type,
      depends_on:
        before === undefined ? [...(step.dependencies ?? []), ...(step.depends_on ?? [])] : [before],
      ...(step.approval_gate !== undefined && { approval_gate: step.approval_gate }),
      approvers: step.approvers,
      ...(step.timeout != null && { due: step.timeout }),
      notes: notesOf(step).slice(0, 10_000),
    };
  });
};

const twice = (steps: Json | undefined, path: Path): readonly Finding[] =>
  (isList(steps) ? steps : []).flatMap((step, index) =>
    isMap(step) && (step['condition'] ?? null) !== null && (step['when'] ?? null) !== null
      ? [
          {
            code: 'given-twice',
            message: '`condition` and `when` are two words for the same thing',
            hint: 'keep `when`',
            path: [...path, index, 'condition'],
            on: 'key',
          },
        ]
      : [],
  );

const blockAt = (root: JsonMap, [key]: Path): JsonMap => {
  const inner = key === undefined ? root : root[String(key)];
  return isMap(inner) ? inner : {};
};

/** What the file says beside its steps is carried along. */
const partsAt = (root: JsonMap, at: Path, name: string): Parts => {
  const block = blockAt(root, at);
  const inside = ['variables', 'inputs', 'outputs'].flatMap((field) => {
    const value = block[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  const [key] = at;
  if (key === undefined) return { name, block, blockPath: at, siblings: inside };
  const others = Object.entries(root).filter(([field]) => field !== key && field !== beside);
  return {
    name: String(key),
    block,
    blockPath: at,
    ...(root[beside] !== undefined && { beside: root[beside] }),
    siblings: [...inside, ...others],
  };
};

/** Files whose only list is `steps`. */
export const steps: Dialect = {
  recognises: (root) => blockPath(root) !== undefined,
  read: (root, tree) => {
    const at = blockPath(root) ?? [];
    const [key] = at;
    const block = blockAt(root, at);
    const flat = stepSchema.steps.safeParse(root);
    const body = key === undefined ? flat : stepSchema.keyed.safeParse(block);
    const shape = key === undefined ? stepSchema.steps.shape : stepSchema.keyed.shape;
    const metadata = metadataSchema.safeParse(key === undefined ? undefined : root[beside]);
    const parts = partsAt(root, at, flat.data?.name ?? '');
    const list = block['steps'];
    const path = [...at, 'steps'];
    return {
      findings: [
        ...shapeFindings(body.error?.issues ?? [], { value: block, at, knownAt: knownAt(shape) }),
        ...shapeFindings(metadata.error?.issues ?? [], {
          value: root[beside] ?? null,
          at: [beside],
          knownAt: () => [],
        }),
        ...(key === undefined ? [] : nameFindings(String(key))),
        ...twice(list, path),
        ...partsFindings(parts),
      ],
      stages: { value: list, path },
      draft: draftStages(list, path, { key: ['id'], role: ['persona', 'type'] }),
      ...(body.success &&
        metadata.success && {
          definition: assemble(
            parts,
            { ...body.data, stages: stagesOf(body.data.steps) },
            metadata.data ?? {},
            tree,
          ),
        }),
    };
  },
};
