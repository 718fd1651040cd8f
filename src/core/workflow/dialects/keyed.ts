/** The keyed dialect (contract §6): `<name>: {stages: [...]}`, metadata inside or beside it, blocks of any name beside it. */
import type { Finding } from '../finding.ts';
import { isMap, type JsonMap } from '../json-map.ts';
import { names } from '../names.ts';
import { quote } from '../quote.ts';
import { metadataSchema, workflowSchema } from '../schema.ts';
import { shapeFindings } from '../shape-findings.ts';
import { editDistance } from '../suggest.ts';
import { assemble, type Parts, partsFindings } from './assemble.ts';
import { type Dialect, fieldsAt } from './dialect.ts';

const beside = 'workflow_metadata';

/** Files with one key that holds a map with `stages`. */
export const keyed: Dialect = {
  recognises: (root) =>
    !Object.hasOwn(root, 'stages') && typeof root['name'] !== 'string' && candidates(root).length > 0,
  read: (root, tree) => {
    const [name = '', second] = candidates(root);
    const block = isMap(root[name]) ? root[name] : {};
    const body = workflowSchema.keyed.safeParse(block);
    const metadata = metadataSchema.safeParse(root[beside]);
    const parts: Parts = {
      name,
      block,
      blockPath: [name],
      ...(root[beside] !== undefined && { beside: root[beside] }),
      siblings: Object.entries(root).filter(([key]) => key !== name && key !== beside),
    };
    const shape = [
      ...shapeFindings(body.error?.issues ?? [], { value: block, at: [name], knownAt: fieldsAt }),
      ...shapeFindings(metadata.error?.issues ?? [], {
        value: root[beside] ?? null,
        at: [beside],
        knownAt: () => [],
      }),
    ];
    return {
      findings: [...shape, ...nameFindings(name, second), ...siblingFindings(parts), ...partsFindings(parts)],
      stages: { value: block['stages'], path: [name, 'stages'] },
      ...(body.success &&
        metadata.success && { definition: assemble(parts, body.data, metadata.data ?? {}, tree) }),
    };
  },
};

/** The keys that may be the workflow's name: those with `stages` below them; else the only map there is. */
function candidates(root: JsonMap): readonly string[] {
  const maps = Object.keys(root).filter((key) => key !== beside && isMap(root[key]));
  const named = maps.filter((key) => {
    const block = root[key];
    return (
      isMap(block) && Object.keys(block).some((field) => editDistance(field.slice(0, 10), 'stages') <= 1)
    );
  });
  return named.length > 0 || maps.length > 1 ? named : maps;
}

/** What is wrong with the name a workflow is keyed by, and with a second one beside it. */
export function nameFindings(name: string, second?: string): readonly Finding[] {
  const found: Finding[] = [];
  const rule = names.workflow.safeParse(name).error?.issues[0]?.message;
  if (rule !== undefined) {
    const message = `a workflow cannot be named ${quote(name)}`;
    found.push({ code: 'bad-value', message, hint: rule, path: [name], on: 'key' });
  }
  if (second !== undefined) {
    const message = `a second workflow, ${quote(second)}, in one file`;
    found.push({
      code: 'several-workflows',
      message,
      hint: 'one file a workflow',
      path: [second],
      on: 'key',
    });
  }
  return found;
}

const inside = [...fieldsAt([]), ...Object.keys(metadataSchema.unwrap().unwrap().shape)];

/** Beside the workflow stand its metadata and extra blocks; a field of the workflow there is in the wrong place. */
function siblingFindings(parts: Parts): readonly Finding[] {
  return parts.siblings.flatMap(([key]): readonly Finding[] => {
    const meant = inside.find((field) => editDistance(field, key) <= (field === key ? 0 : 2));
    if (meant === undefined) return [];
    const hint =
      meant === beside ? `did you mean \`${beside}\`?` : `\`${meant}\` belongs under ${quote(parts.name)}`;
    return [
      { code: 'unknown-field', message: `${quote(key)} is not a field here`, hint, path: [key], on: 'key' },
    ];
  });
}
