/** `gatehouse validate`: are these workflow files and this gatehouse.yml right, and if not, where not? */
import { styleText } from 'node:util';
import { z } from 'zod';
import { printable, printProblem } from '../core/workflow/problem.ts';
import { examine, type Verdict } from './examine.ts';
import { readSources } from './read-sources.ts';
import type { ExitCode, Verb } from './verb.ts';

const argumentsSchema = z.tuple([z.array(z.string())]);
const optionsSchema = z.object({
  json: z.boolean().optional(),
  config: z.string().optional(),
  organization: z.string().optional(),
});

/** Workflow roles are checked against gatehouse.yml where one is among the files or named by `--config`. */
export const validate: Verb = {
  usage: 'validate <files...>',
  summary: 'check workflow files and gatehouse.yml, and show where they are wrong',
  options: [
    ['--config <file>', 'the gatehouse.yml whose roles the workflows may use'],
    ['--organization <file>', "the organisation's gatehouse.yml, which the others may extend"],
    ['--json', 'print {ok, files: [{file, kind, ok, problems}]}; why, where a file cannot be read'],
  ],
  run: async (args, options) => {
    const [given] = argumentsSchema.parse(args);
    const { json, config, organization } = optionsSchema.parse(options);
    const named = [organization, config].filter((file) => file !== undefined);
    const { sources, unreadable } = await readSources([...named, ...given]);
    const verdicts = examine(sources, { config, organization });
    const ok = unreadable.length === 0 && verdicts.every((verdict) => verdict.ok);
    const files = [...verdicts.map(checked), ...unreadable.map(unread)];
    if (json) process.stdout.write(`${JSON.stringify({ ok, files }, null, 2)}\n`);
    else for (const verdict of verdicts) process.stdout.write(`${picture(verdict)}\n`);
    for (const { file, why } of unreadable) process.stderr.write(`${printable(file)}: ${why}\n`);
    return exitCode(ok, unreadable.length);
  },
};

const exitCode = (ok: boolean, unreadable: number): ExitCode => (ok ? 0 : unreadable > 0 ? 2 : 1);

const unread = ({ file, why }: { readonly file: string; readonly why: string }) => ({
  file,
  kind: 'unreadable',
  ok: false,
  problems: [],
  why,
});

const checked = ({ file, kind, ok, problems }: Verdict) => ({ file, kind, ok, problems });

const colours = { place: 'bold', message: 'reset', source: 'reset', caret: 'red' } as const;

// styleText looks at the stream and at NO_COLOR by itself.
function picture({ source, problems, summary }: Verdict): string {
  if (problems.length === 0) return printable(summary);
  const paint = (part: keyof typeof colours, text: string) =>
    styleText(colours[part], text, { stream: process.stdout });
  return problems.map((problem) => printProblem(problem, source, paint)).join('\n');
}
