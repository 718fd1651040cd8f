/** All findings of a file as problems in reading order, each once, and no more of them than anybody reads. */
import type { Finding } from './finding.ts';
import type { Problem } from './problem.ts';
import { mostProblems, type YamlText } from './read-yaml.ts';

/** The reading's own problems and the findings, by place; past the hundredth only their number. */
export function report(text: YamlText, findings: readonly Finding[]): readonly Problem[] {
  const found = [...text.problems, ...findings.map(text.place)];
  const once = new Map(
    found.map((problem) => [`${problem.line}:${problem.column} ${problem.code} ${problem.message}`, problem]),
  );
  const sorted = [...once.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  const last = sorted[mostProblems];
  if (last === undefined) return sorted;
  const { file, line, column } = last;
  const message = `${sorted.length - mostProblems} or more further problems from here on`;
  return [...sorted.slice(0, mostProblems), { code: 'more-problems', message, file, line, column }];
}
