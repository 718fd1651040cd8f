/** A wrong place in a file: its code, where it is, what is wrong and what would be right; and its picture. */

/** What can be wrong with a workflow file or gatehouse.yml; tests and programs go by these, sentences may improve. */
export type ProblemCode =
  | 'syntax'
  | 'too-large'
  | 'too-deep'
  | 'alias'
  | 'tag'
  | 'merge-key'
  | 'yaml-version'
  | 'duplicate-key'
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-type'
  | 'bad-value'
  | 'given-twice'
  | 'step-dialect'
  | 'several-workflows'
  | 'no-stages'
  | 'too-many-stages'
  | 'duplicate-stage'
  | 'unknown-stage'
  | 'self-dependency'
  | 'duplicate-dependency'
  | 'too-many-dependencies'
  | 'cycle'
  | 'gate-without-approvers'
  | 'approvers-without-gate'
  | 'rules-without-gate'
  | 'duplicate-approver'
  | 'unknown-role'
  | 'delegation'
  | 'locked'
  | 'no-organization'
  | 'not-a-file'
  | 'shadow'
  | 'same-name'
  | 'more-problems';

/** Lines and columns count from 1; the end column is the first one after the place. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** What would be right, or "did you mean". */
  readonly hint?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** `file:line:column`. */
export const printPlace = ({ file, line, column }: Problem): string => `${file}:${line}:${column}`;

type Part = 'place' | 'message' | 'source' | 'caret';

const width = 100;
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Others' words in one line: names of files may hold line ends and escapes for a terminal too (threats T49). */
export const printable = (text: string): string => text.replace(unprintable, ' ');

/**
 * The problem as people read it: `file:line:column  message`, the line of the source, and carets under the place
 * with the hint behind them. `paint` may colour the parts. What is echoed of the source holds no control characters.
 */
export function printProblem(
  problem: Problem,
  source: string,
  paint: (part: Part, text: string) => string = (_part, text) => text,
): string {
  const head = `${paint('place', printable(printPlace(problem)))}  ${paint('message', problem.message)}`;
  const written = (source.split(/\r\n|\n|\r/, problem.line)[problem.line - 1] ?? '').trimEnd();
  const from = Math.min(problem.column - 1, written.length);
  const to = problem.endLine === problem.line ? (problem.endColumn ?? from + 2) - 1 : written.length;
  const cut = from > width - 20 ? from - 40 : 0;
  const shown = written.slice(cut, cut + width);
  const carets = '^'.repeat(Math.max(1, Math.min(to, cut + width, written.length) - from));
  const gutter = String(problem.line).padStart(5);
  const hint = problem.hint === undefined ? '' : ` ${problem.hint}`;
  return [
    head,
    `${gutter} | ${paint('source', printable(shown))}`.trimEnd(),
    `${' '.repeat(5)} | ${' '.repeat(from - cut)}${paint('caret', `${carets}${hint}`)}`,
  ].join('\n');
}
