/** Text → workflow, or every problem of the text at once. */
import { checks } from './checks/index.ts';
import type { Role, WorkflowDefinition } from './definition.ts';
import type { Dialect } from './dialects/dialect.ts';
import { dialectOf } from './dialects/index.ts';
import { type Draft, draftStages } from './draft.ts';
import type { Finding } from './finding.ts';
import { isMap, type JsonMap } from './json-map.ts';
import type { Problem } from './problem.ts';
import { mostProblems, readYaml, type YamlText } from './read-yaml.ts';
import { report } from './report.ts';

/** `roles`: the names in gatehouse.yml; leave it out where none are configured, and any role is accepted. */
export interface ParseOptions {
  readonly roles?: readonly Role[];
}

/** A definition, or at least one problem. */
export type ParsedWorkflow =
  | { readonly definition: WorkflowDefinition }
  | { readonly problems: readonly Problem[] };

/**
 * Reads one workflow file in any dialect (contract §6). `file` is only for the problems. A definition that comes out has
 * unique stage keys, dependencies without cycles, and approvers on every gate. Never throws, whatever the text.
 */
export function parseWorkflow(source: string, file: string, options: ParseOptions = {}): ParsedWorkflow {
  return readYaml(source, file, (text) => readRoot(text, options));
}

function readRoot(text: YamlText, options: ParseOptions): ParsedWorkflow {
  const root = text.root.value;
  const first = wholeFileFinding(root, isMap(root) ? root : undefined);
  if (first !== undefined || !isMap(root))
    return { problems: report(text, first === undefined ? [] : [first]) };
  return readAs(dialectOf(root), root, text, options);
}

function readAs(dialect: Dialect, root: JsonMap, text: YamlText, options: ParseOptions): ParsedWorkflow {
  const reading = dialect.read(root, text.root);
  const stagesPath = reading.stages.path;
  const draft: Draft = {
    ...options,
    stagesPath,
    stages: reading.draft ?? draftStages(reading.stages.value, stagesPath),
  };
  const listed = Array.isArray(reading.stages.value);
  const checked = listed
    ? checks.flatMap((check) => Iterator.from(check(draft)).take(mostProblems).toArray())
    : [];
  const problems = report(text, [...reading.findings, ...checked]);
  return problems.length === 0 && reading.definition !== undefined
    ? { definition: reading.definition }
    : { problems };
}

/** What makes a look at the parts pointless. */
function wholeFileFinding(root: unknown, map: JsonMap | undefined): Finding | undefined {
  const at = { path: [], on: 'value' } as const;
  const hint = 'a workflow is a map with `name` and `stages`';
  if (root === null) return { code: 'no-stages', message: 'the file is empty', hint, ...at };
  if (map === undefined) return { code: 'wrong-type', message: 'the file is not a map', hint, ...at };
  return undefined;
}
