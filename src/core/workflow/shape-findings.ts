/** What a zod schema complains about, said in the words of the file. */
import type { z } from 'zod';
import type { Json } from './definition.ts';
import type { Finding, Path } from './finding.ts';
import { isList, isMap } from './json-map.ts';
import { didYouMean, oneOf, quote } from './quote.ts';
import { mostProblems } from './read-yaml.ts';
import { suggest } from './suggest.ts';

/** Where the checked value stands in the file, and which fields are known at a path below it. */
export interface Shape {
  readonly value: Json;
  readonly at: Path;
  readonly knownAt: (path: Path) => readonly string[];
}

type Issue = z.core.$ZodIssue;

/** Every issue as findings: unknown fields with "did you mean", missing fields, wrong types, wrong values. */
export function shapeFindings(issues: readonly Issue[], shape: Shape): readonly Finding[] {
  return issues.slice(0, mostProblems).flatMap((issue) => findingsOf(issue, shape));
}

function findingsOf(issue: Issue, shape: Shape): readonly Finding[] {
  const inner = issue.path.filter((step) => typeof step !== 'symbol');
  const path = [...shape.at, ...inner];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostProblems).map((key) => unknownField(key, path, shape.knownAt(inner)));
  }
  if (issue.code === 'invalid_key') {
    const rule = issue.issues[0]?.message;
    return [
      {
        code: 'bad-value',
        message: `${quote(String(inner.at(-1)))} cannot be a name here`,
        ...(rule !== undefined && { hint: rule }),
        path,
        on: 'key',
      },
    ];
  }
  const value = valueAt(shape.value, inner);
  const label = labelOf(path);
  if (value === undefined || (value === null && typeof inner.at(-1) === 'string')) {
    return [
      {
        code: 'missing-field',
        message: `${label} is missing`,
        hint: purposes[String(inner.at(-1))] ?? expectation(issue),
        path,
        on: 'key',
      },
    ];
  }
  return [{ ...wrongValue(issue, label, value), path, on: 'value' }];
}

/** What a field that must not be left out is for. */
const purposes: Readonly<Record<string, string>> = {
  name: 'a short name: the label `workflow:<name>` starts it',
  stages: 'the list of stages',
  stage: 'the key of the stage, for example `1_define`',
  role: 'who may claim the stage, for example `ENGINEER`',
  steps: 'the list of steps',
  id: 'the key of the step, for example `plan`',
  type: 'the kind of step, for example `persona-request`',
  action: 'what is done, for example `write_prd`',
  approval_gate: 'the name of the gate, for example `code_review`; no gate: leave the field out',
};

/** Words other tools use for the same thing. */
const synonyms: Readonly<Record<string, string>> = {
  id: 'stage',
  needs: 'depends_on',
  after: 'depends_on',
  gate: 'approval_gate',
  reviewers: 'approvers',
  metadata: 'workflow_metadata',
};

function unknownField(key: string, parent: Path, known: readonly string[]): Finding {
  const synonym = Object.hasOwn(synonyms, key) ? synonyms[key] : undefined;
  const word =
    suggest(key, known) === undefined && synonym !== undefined && known.includes(synonym) ? synonym : key;
  const hint = didYouMean(word, known, `known here: ${known.join(', ')}`);
  return {
    code: 'unknown-field',
    message: `${quote(key)} is not a field`,
    ...hint,
    path: [...parent, key],
    on: 'key',
  };
}

function wrongValue(issue: Issue, label: string, value: Json): Pick<Finding, 'code' | 'message' | 'hint'> {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') {
    const wanted = expectation(issue);
    return {
      code: 'wrong-type',
      message: `${label} should be ${wanted}, not ${kindOf(value)}`,
      ...typeHint(wanted, value),
    };
  }
  const said = typeof value === 'number' ? String(value) : value;
  const shown = typeof said === 'string' && said.trim() !== '' ? `cannot be ${quote(said)}` : 'is empty';
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const hint = didYouMean(String(value), allowed, oneOf(allowed));
    return { code: 'bad-value', message: `${label} cannot be ${quote(String(value))}`, ...hint };
  }
  if (issue.code === 'too_big')
    return { code: 'bad-value', message: `${label} is too long`, hint: issue.message };
  return { code: 'bad-value', message: `${label} ${shown}`, hint: issue.message };
}

/** `role`, or "item 3 of `deliverables`". */
function labelOf(path: Path): string {
  const last = path.at(-1);
  if (typeof last === 'number') return `item ${last + 1} of ${quote(String(path.at(-2)))}`;
  return last === undefined ? 'the file' : quote(last);
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  boolean: '`true` or `false`',
};

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  return (issue.code === 'invalid_type' ? kinds[issue.expected] : undefined) ?? 'a text';
}

function kindOf(value: Json): string {
  if (value === null) return 'nothing';
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'a map';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

function typeHint(wanted: string, value: Json): { hint?: string } {
  if (wanted === 'a text' && isMap(value)) return { hint: 'a text that holds `: ` needs quotes' };
  if (wanted === 'a text' && (typeof value === 'number' || typeof value === 'boolean'))
    return { hint: `write "${value}" in quotes` };
  if (wanted === 'a list' && typeof value === 'string')
    return { hint: `write it as a list: [${quote(value).slice(1, -1)}]` };
  return {};
}

function valueAt(value: Json, path: Path): Json | undefined {
  let found: Json | undefined = value;
  for (const step of path) {
    if (isList(found) && typeof step === 'number') found = found[step];
    else if (isMap(found) && Object.hasOwn(found, String(step))) found = found[String(step)];
    else return undefined;
  }
  return found;
}
