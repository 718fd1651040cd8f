/** Every golden file in `test/workflows`: options, input, and what must come of it, letter by letter. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseConfiguration } from '../../../src/core/workflow/configuration.ts';
import { parseWorkflow } from '../../../src/core/workflow/parse.ts';
import { printProblem } from '../../../src/core/workflow/problem.ts';
import { configurationDigest, digest } from './digest.ts';

const folder = new URL('../../workflows/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
const optionsSchema = z.strictObject({
  kind: z.enum(['workflow', 'configuration']).default('workflow'),
  roles: z.array(z.string()).optional(),
});

/** The first and the last line of three dashes part the file; the input may hold some of its own. */
function partsOf(text: string) {
  const lines = text.split('\n');
  const [first, last] = [lines.indexOf('---'), lines.lastIndexOf('---')];
  const part = (from: number, to: number) => lines.slice(from, to).join('\n');
  return {
    options: optionsSchema.parse(parse(part(0, first)) ?? {}),
    input: `${part(first + 1, last)}\n`,
    expected: part(last + 1, lines.length).trimEnd(),
  };
}

function outcome(input: string, name: string, { kind, roles }: z.infer<typeof optionsSchema>): string {
  const result =
    kind === 'configuration'
      ? parseConfiguration(input, name)
      : parseWorkflow(input, name, roles ? { roles } : {});
  if ('problems' in result) return result.problems.map((problem) => printProblem(problem, input)).join('\n');
  return 'definition' in result ? digest(result.definition) : configurationDigest(result.configuration);
}

describe('a file is read as its golden file says', () => {
  test.each(files)('%s', (file) => {
    const { options, input, expected } = partsOf(readFileSync(new URL(file, folder), 'utf8'));
    expect(expected).not.toBe('');
    expect(outcome(input, basename(file), options)).toBe(expected);
  });

  test('there are enough of them, and at least half show what people see when they are wrong', () => {
    const wrong = files.filter((file) => file.startsWith('error-'));
    expect(files.length).toBeGreaterThanOrEqual(30);
    expect(wrong.length * 2).toBeGreaterThanOrEqual(files.length);
  });
});
