/** A repository's own workflows: read with its roles, each name once, none over what the organisation locked. */
import type { BrokenFile } from '../core/render/reply.ts';
import { isLocked } from '../core/workflow/locks.ts';
import { parseWorkflow } from '../core/workflow/parse.ts';
import type { Problem } from '../core/workflow/problem.ts';
import type { FileRead } from '../github/facts/repository-files.ts';
import type { WorkflowFile } from './engine.ts';
import { unreadableFile } from './unreadable-file.ts';

interface Workflows {
  readonly workflows: readonly WorkflowFile[];
  readonly brokenWorkflows: readonly BrokenFile[];
}

const wrong = (file: FileRead, problem: Omit<Problem, 'file' | 'line' | 'column'>): BrokenFile => ({
  path: file.path,
  source: file.text,
  problems: [{ ...problem, file: file.path, line: 1, column: 1 }],
});

const readOne = (file: FileRead, roles: readonly string[]): WorkflowFile | BrokenFile => {
  const unreadable = unreadableFile(file);
  const { path } = file;
  if (unreadable !== undefined) return { path, source: file.text, problems: [unreadable] };
  const parsed = parseWorkflow(file.text, path, roles.length === 0 ? {} : { roles });
  return 'definition' in parsed
    ? { path, definition: parsed.definition }
    : { path, source: file.text, problems: parsed.problems };
};

/** What a name means must not hang on which file comes first: two of a name are both refused (threats T53). */
export const readWorkflows = (
  files: readonly FileRead[],
  roles: readonly string[],
  locked: readonly string[],
): Workflows => {
  const read = files.map((file) => ({ file, one: readOne(file, roles) }));
  const names = read.flatMap(({ one }) => ('definition' in one ? [one.definition.name.toLowerCase()] : []));
  const judged = read.map(({ file, one }): WorkflowFile | BrokenFile => {
    if (!('definition' in one)) return one;
    const { name } = one.definition;
    if (names.filter((other) => other === name.toLowerCase()).length > 1) {
      const message = `another file of this folder is called \`${name}\` too`;
      return wrong(file, { code: 'same-name', message, hint: 'keep one of them' });
    }
    if (!isLocked(locked, 'workflows', name.toLowerCase())) return one;
    const message = `the organisation has locked the workflow \`${name}\``;
    return wrong(file, { code: 'locked', message, hint: 'remove this file, or give it another name' });
  });
  return {
    workflows: judged.filter((one) => 'definition' in one),
    brokenWorkflows: judged.filter((one) => 'problems' in one),
  };
};
