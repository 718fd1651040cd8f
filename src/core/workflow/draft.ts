/** A workflow as far as it can be read, so that one mistake does not hide the others. */
import type { Json, Role } from './definition.ts';
import type { Path } from './finding.ts';
import { isList, isMap, type JsonMap } from './json-map.ts';

/** A name in the file, and where. */
export interface Named {
  readonly name: string;
  readonly path: Path;
}

/** One stage with whatever of it is a text where a text belongs. */
export interface StageDraft {
  readonly path: Path;
  readonly key?: Named;
  readonly role?: Named;
  /** Its name is empty where the field is there and holds no text. */
  readonly gate?: Named;
  readonly dependsOn: readonly Named[];
  readonly approvers: readonly Named[];
  readonly distinctFrom: readonly Named[];
  /** As they stand in the file. */
  readonly fields: JsonMap;
}

/** What every check gets. `roles` only where roles are configured. */
export interface Draft {
  readonly stagesPath: Path;
  readonly stages: readonly StageDraft[];
  readonly roles?: readonly Role[];
}

/** A dialect's words for a stage's key and role, the first that is there counting. */
interface Words {
  readonly key: readonly string[];
  readonly role: readonly string[];
}

/** Reads what is readable of the list of stages; never refuses. */
export function draftStages(
  value: Json | undefined,
  path: Path,
  words: Words = { key: ['stage'], role: ['role'] },
): readonly StageDraft[] {
  if (!isList(value)) return [];
  return value.map((item, index) => draftStage(item, [...path, index], words));
}

function draftStage(item: Json, path: Path, words: Words): StageDraft {
  const fields: JsonMap = isMap(item) ? item : {};
  const named = (field: string): Named | undefined => {
    const name = fields[field];
    return typeof name === 'string' && name !== '' ? { name, path: [...path, field] } : undefined;
  };
  const list = (field: string): readonly Named[] => {
    const given = fields[field];
    if (!isList(given)) return [];
    return given.flatMap((name, index) =>
      typeof name === 'string' ? [{ name, path: [...path, field, index] }] : [],
    );
  };
  const first = (fieldNames: readonly string[]) => fieldNames.map(named).find((one) => one !== undefined);
  const [key, role] = [first(words.key), first(words.role)];
  const unnamed = Object.hasOwn(fields, 'approval_gate')
    ? { name: '', path: [...path, 'approval_gate'] }
    : undefined;
  const gate = named('approval_gate') ?? unnamed;
  return {
    path,
    ...(key && { key }),
    ...(role && { role }),
    ...(gate && { gate }),
    dependsOn: [...list('depends_on'), ...list('dependencies')],
    approvers: list('approvers'),
    distinctFrom: list('distinct_from'),
    fields,
  };
}
