/** Which file a workflow's name means now: the repository's own before the stock one (contract §2). */
import type { Open } from '../core/epic/commands.ts';
import type { BrokenFile } from '../core/render/reply.ts';
import type { WorkflowDefinition } from '../core/workflow/definition.ts';
import type { WorkflowFile } from './engine.ts';
import type { RepositoryRules } from './repository-rules.ts';

/** A workflow, and where it was read. */
export interface FoundWorkflow {
  readonly definition: WorkflowDefinition;
  readonly source: Open['source'];
}

const bare = (text: string): string => text.replaceAll(/["']/g, '').trim().toLowerCase();

/** `name: feature # ours`, or the keyed dialect's `feature:`. No pattern is made of a label: people choose it (threats T56). */
const isNamed = (line: string, name: string): boolean => {
  const [key = '', ...rest] = line.split(':');
  const value = bare(rest.join(':').split(' #', 1)[0] ?? '');
  if (/^\s/.test(line)) return false;
  return bare(key) === 'name' ? value === name : bare(key) === name && value === '';
};

/** `name` in small letters → the workflow, the file that should say it and is broken, or undefined. */
export const findWorkflow = (
  stock: readonly WorkflowFile[],
  rules: RepositoryRules,
  name: string,
): FoundWorkflow | BrokenFile | undefined => {
  const own = rules.workflows.find((one) => one.definition.name.toLowerCase() === name);
  if (own !== undefined)
    return { definition: own.definition, source: { path: own.path, commit: rules.commit } };
  // A broken file must not let the stock workflow of the same name start in its place.
  const broken = rules.brokenWorkflows.find(
    (one) =>
      [`/${name}.yml`, `/${name}.yaml`].some((end) => one.path.toLowerCase().endsWith(end)) ||
      one.source.split('\n').some((line) => isNamed(line, name)),
  );
  if (broken !== undefined) return broken;
  const shipped = stock.find((one) => one.definition.name === name);
  return shipped === undefined
    ? undefined
    : { definition: shipped.definition, source: { path: shipped.path, commit: null } };
};
