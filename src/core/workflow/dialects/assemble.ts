/** The parts of a file, wherever its dialect puts them, joined into the one model. */
import type { z } from 'zod';
import { namesIn, readApproval } from '../approval.ts';
import type {
  GateDefinition,
  Json,
  StageDefinition,
  WorkflowDefinition,
  WorkflowMetadata,
} from '../definition.ts';
import type { Finding, Path } from '../finding.ts';
import { isMap, type JsonMap } from '../json-map.ts';
import { didYouMean, quote } from '../quote.ts';
import { metadataSchema, type workflowSchema } from '../schema.ts';
import { editDistance } from '../suggest.ts';
import { readTimeouts } from '../timeouts.ts';
import type { Branch } from '../yaml-tree.ts';

/** Where a dialect found what: the block with the stages, metadata beside it, and other blocks beside it. */
export interface Parts {
  readonly name: string;
  readonly block: JsonMap;
  readonly blockPath: Path;
  readonly beside?: Json;
  readonly siblings: readonly (readonly [string, Json])[];
}

type Body = z.infer<typeof workflowSchema.keyed>;
type Metadata = NonNullable<z.infer<typeof metadataSchema>>;

const metadataFields = Object.keys(metadataSchema.unwrap().unwrap().shape);
const headingFields = ['version', 'description', 'participants', 'context'];
const key = 'workflow_metadata';

/** Fields given in two places, and extra blocks whose name is most likely a slip of the pen. */
export function partsFindings(parts: Parts): readonly Finding[] {
  const found: Finding[] = [];
  const inner = parts.block[key] ?? undefined;
  const twice = (field: string, path: Path) =>
    found.push({
      code: 'given-twice',
      message: `${quote(field)} is given in two places`,
      hint: 'keep one',
      path,
      on: 'key',
    });
  if (inner !== undefined && parts.beside !== undefined) twice(key, [key]);
  const where: readonly (readonly [Json | undefined, Path])[] = [
    [inner, [...parts.blockPath, key]],
    [parts.beside, [key]],
  ];
  for (const [metadata, path] of where) {
    if (!isMap(metadata)) continue;
    for (const name of Object.keys(metadata)) {
      const given = metadata[name] !== null && (parts.block[name] ?? null) !== null;
      if (given && headingFields.includes(name)) twice(name, [...path, name]);
      const meant = metadataFields.includes(name)
        ? undefined
        : metadataFields.find((field) => editDistance(field, name) <= 2);
      if (meant === undefined) continue;
      const message = `${quote(name)} looks like a slip`;
      found.push({
        code: 'unknown-field',
        message,
        ...didYouMean(meant, metadataFields),
        path: [...path, name],
        on: 'key',
      });
    }
  }
  return found;
}

/** The definition of a file whose shape is right. Numbers where texts belong are kept as they were typed. */
export function assemble(parts: Parts, body: Body, beside: Metadata, tree: Branch): WorkflowDefinition {
  const inner = body.workflow_metadata ?? {};
  const [metadata, path] = parts.beside === undefined ? [inner, [...parts.blockPath, key]] : [beside, [key]];
  const text = (value: string | number | null | undefined, at: Path) =>
    typeof value === 'number' ? writtenAt(tree, at) : (value ?? undefined);
  const version =
    text(body.version, [...parts.blockPath, 'version']) ?? text(metadata.version, [...path, 'version']);
  const context = body.context ?? metadata.context;
  const typicalDuration = text(metadata.typical_duration, [...path, 'typical_duration']);
  const levels = Object.entries(metadata.priority_levels ?? {});
  const carried: WorkflowMetadata = {
    participants: body.participants ?? metadata.participants ?? [],
    ...(context && { context }),
    ...(typicalDuration && { typicalDuration }),
    successCriteria: metadata.success_criteria ?? [],
    priorityLevels: levels.map(([level, policy]) => ({
      level,
      policy: text(policy, [...path, 'priority_levels', level]) ?? '',
    })),
    criticalPath: metadata.critical_path ?? [],
    failureModes: metadata.failure_modes ?? [],
    extra: [...extras(parts.beside ?? parts.block[key]), ...parts.siblings].map(([name, value]) => ({
      name,
      value,
    })),
  };
  return {
    name: parts.name,
    version: version ?? '1',
    description: body.description ?? metadata.description ?? '',
    metadata: carried,
    stages: body.stages.map(stageOf),
  };
}

const extras = (metadata: Json | undefined): Parts['siblings'] =>
  Object.entries(isMap(metadata) ? metadata : {}).filter(([name]) => !metadataFields.includes(name));

function gateOf(name: string, stage: Body['stages'][number]): GateDefinition {
  const approvers = stage.approvers ?? [];
  const rules = readApproval(stage.approval, approvers);
  const timeouts = readTimeouts(stage.timeouts);
  const named = rules?.require === undefined ? [] : namesIn(rules.require);
  return {
    name,
    approvers: [...new Set([...approvers, ...named])],
    ...rules,
    ...(timeouts !== undefined && { timeouts }),
  };
}

function stageOf(stage: Body['stages'][number]): StageDefinition {
  const { output, notes, approval_gate: gate } = stage;
  return {
    key: stage.stage,
    role: stage.role,
    action: stage.action,
    ...(output && { output }),
    deliverables: stage.deliverables ?? [],
    dependsOn: [...(stage.depends_on ?? []), ...(stage.dependencies ?? [])],
    ...(gate && { gate: gateOf(gate, stage) }),
    ...(notes && { notes }),
    ...(stage.distinct_from != null && { distinctFrom: stage.distinct_from }),
    ...(stage.due != null && { due: stage.due }),
    ...(stage.claim_expires != null && { claimExpires: stage.claim_expires }),
  };
}

function writtenAt(tree: Branch, path: Path): string | undefined {
  let branch: Branch | undefined = tree;
  for (const step of path) branch = branch?.children.get(String(step))?.branch;
  return branch?.written;
}
