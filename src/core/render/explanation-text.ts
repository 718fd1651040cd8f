/** An explanation tree as Markdown: the same list in the check run, in /why and on the stage issue. */
import type { Explanation } from '../epic/explanation.ts';

const lines = (tree: Explanation, depth: number): readonly string[] => {
  const ends = [
    ...(tree.who === undefined ? [] : [`who can: ${tree.who}`]),
    ...(tree.next === undefined ? [] : [`type: ${tree.next}`]),
  ];
  const tail = ends.length === 0 ? '' : ` — ${ends.join(' · ')}`;
  const head = `${'  '.repeat(depth)}- ${tree.holds ? '✅' : '⏳'} ${tree.says}${tail}`;
  return [head, ...tree.parts.flatMap((part) => lines(part, depth + 1))];
};

/** The whole tree, its root as a line of its own. */
export const explanationText = (tree: Explanation): string => lines(tree, 0).join('\n');

/** The first thing that is missing, deepest first: what to say where there is room for one sentence. */
export const firstMissing = (tree: Explanation): Explanation | undefined => {
  if (tree.holds) return undefined;
  for (const part of tree.parts) {
    const missing = firstMissing(part);
    if (missing !== undefined) return missing;
  }
  return tree;
};
