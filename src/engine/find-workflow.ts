/** Which file a workflow's name means now: the repository's own before the stock one (contract §2). */
import type { Open } from '../core/epic/commands.ts';
import type { WorkflowDefinition } from '../core/workflow/definition.ts';
import type { StockWorkflow } from './engine.ts';
import type { RepositoryRules } from './repository-rules.ts';
import type { BrokenFile } from './repository-workflows.ts';

/** A workflow, and where it was read. */
export interface FoundWorkflow {
  readonly definition: WorkflowDefinition;
  readonly source: Open['source'];
}

/** No pattern is made of a label: people choose it (threats T56). */
const isNamed = (line: string, name: string): boolean =>
  line.startsWith('name:') &&
  line.slice('name:'.length).replaceAll(/["']/g, '').trim().toLowerCase() === name;

/** `name` in small letters → the workflow, the file that should say it and is broken, or undefined. */
export const findWorkflow = (
  stock: readonly StockWorkflow[],
  rules: RepositoryRules,
  name: string,
): FoundWorkflow | BrokenFile | undefined => {
  const own = rules.workflows.find((one) => one.definition.name.toLowerCase() === name);
  if (own !== undefined)
    return { definition: own.definition, source: { path: own.path, commit: rules.commit } };
  // A broken file must not let the stock workflow of the same name start in its place.
  const broken = rules.brokenWorkflows.find(
    (one) =>
      one.path.toLowerCase().endsWith(`/${name}.yml`) ||
      one.source.split('\n').some((line) => isNamed(line, name)),
  );
  if (broken !== undefined) return broken;
  const shipped = stock.find((one) => one.definition.name === name);
  return shipped === undefined
    ? undefined
    : { definition: shipped.definition, source: { path: shipped.path, commit: null } };
};
