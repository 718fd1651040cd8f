/** The workflows that ship with Gatehouse, read and checked once at start. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseWorkflow } from '../core/workflow/parse.ts';
import type { WorkflowFile } from './engine.ts';

const folder = new URL('../../workflows/', import.meta.url);

const read = (): readonly WorkflowFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => {
      const path = `workflows/${name}`;
      const parsed = parseWorkflow(readFileSync(new URL(name, folder), 'utf8'), path);
      if ('definition' in parsed) return { path, definition: parsed.definition };
      throw new Error(
        `The stock workflow ${path} is broken: ${parsed.problems.map((problem) => problem.message).join('; ')}`,
      );
    });

let stock: readonly WorkflowFile[] | undefined;

/** The same for whoever asks. Throws where one of them is broken: then the build is. */
export const readStock = (): readonly WorkflowFile[] => {
  stock ??= read();
  return stock;
};
