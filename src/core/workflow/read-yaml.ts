/** Text in YAML 1.2 → plain values with places, or the problems that keep it from being read; never throws. */
import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Finding } from './finding.ts';
import type { Problem } from './problem.ts';
import { weigh } from './weigh.ts';
import { type Branch, growTree, type Slip } from './yaml-tree.ts';

/** A read file: its values, and how to turn a finding into a problem with line and column. */
export interface YamlText {
  readonly root: Branch;
  /** Slips of the reading itself; the values are still usable for finding more. */
  readonly problems: readonly Problem[];
  readonly place: (finding: Finding) => Problem;
}

/** More are counted, not listed, so that a hostile file cannot buy a megabyte of answers. */
export const mostProblems = 100;

/**
 * Reads `source` and hands it to `use`. What is no YAML, too large or too deep never gets there, and anything thrown on
 * the way is a problem too (threats T54, T55).
 */
export function readYaml<Result>(
  source: string,
  file: string,
  use: (text: YamlText) => Result,
): Result | { readonly problems: readonly Problem[] } {
  try {
    const slip = weigh(source);
    if (slip !== undefined) return { problems: [problemAt(slip, file, linesOf(source))] };
    const text = read(source, file);
    return text.broken ? { problems: text.problems } : use(text);
  } catch {
    const message = 'the file cannot be read as YAML';
    return { problems: [{ code: 'syntax', message, hint: 'is it a text file?', file, line: 1, column: 1 }] };
  }
}

function linesOf(source: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

function read(source: string, file: string): YamlText & { readonly broken: boolean } {
  const lines = new LineCounter();
  // Unique keys are checked while the tree grows: the library compares every key with every other.
  const document = parseDocument(source, {
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
    // Any quieter, and a second document would be dropped without a word.
    logLevel: 'error',
  });
  const { root, slips } = growTree(document.contents, (offset) => lines.linePos(offset).line);
  const unread = [
    ...document.errors.slice(0, mostProblems).map(syntaxSlip),
    ...versionSlips(document.directives?.yaml),
  ];
  // Where a value was refused, whatever is said about the values would be about a hole.
  const broken = unread.length > 0 ? unread : slips.some(({ code }) => holes.has(code)) ? slips : [];
  const problem = (slip: Slip): Problem => problemAt(slip, file, lines);
  return {
    root,
    broken: broken.length > 0,
    problems: (broken.length > 0 ? broken : slips).slice(0, mostProblems).map(problem),
    place: (finding) => problem(slipOf(finding, root)),
  };
}

function versionSlips(
  yaml: { readonly explicit?: boolean; readonly version: string } | undefined,
): readonly Slip[] {
  if (yaml?.explicit !== true || yaml.version === '1.2') return [];
  const message = `YAML ${yaml.version} reads some words differently`;
  return [{ code: 'yaml-version', message, hint: 'leave the %YAML line out', start: 0, end: 5 }];
}

const holes: ReadonlySet<string> = new Set(['tag', 'alias', 'merge-key', 'too-deep']);

const betterHints: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_SCALAR_START: 'put it in quotes: "…"',
  MULTIPLE_DOCS: 'one document a file: remove the `---`',
  BLOCK_AS_IMPLICIT_KEY: 'a text that holds `: ` needs quotes',
  MULTILINE_IMPLICIT_KEY: 'is a `:` missing, or is the indentation off?',
  MISSING_CHAR: 'is a quote or a bracket left open? A text that holds `[`, `{` or `, ` may need quotes',
  BAD_INDENT: 'is the indentation off?',
};

function syntaxSlip(error: YAMLError): Slip {
  const hint = betterHints[error.code];
  const [start, end] = error.pos;
  const message = error.code === 'MULTIPLE_DOCS' ? 'a second document starts here' : error.message;
  return {
    code: 'syntax',
    message,
    ...(hint === undefined ? {} : { hint }),
    start,
    end: Math.max(end, start + 1),
  };
}

function problemAt(slip: Slip, file: string, lines: LineCounter): Problem {
  const from = lines.linePos(slip.start);
  const to = lines.linePos(Math.max(slip.end, slip.start));
  const { code, message, hint } = slip;
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    file,
    line: Math.max(from.line, 1),
    column: Math.max(from.col, 1),
    endLine: Math.max(to.line, 1),
    endColumn: Math.max(to.col, 1),
  };
}

/** The place of a path: as far down as it exists. */
function slipOf(finding: Finding, root: Branch): Slip {
  const { code, message, hint, path, on } = finding;
  let span: { readonly start: number; readonly end: number } = root;
  let branch = root;
  path.every((step, index) => {
    const twig = branch.children.get(String(step));
    if (twig === undefined) return false;
    branch = twig.branch;
    const lastKey = on === 'key' && index === path.length - 1;
    const empty = branch.value === null && twig.key !== undefined;
    span = (lastKey || empty ? twig.key : undefined) ?? branch;
    return true;
  });
  return { code, message, ...(hint === undefined ? {} : { hint }), start: span.start, end: span.end };
}
