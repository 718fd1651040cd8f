/** An explanation as a Markdown list: what holds, what is missing, who can give it and what to type; the same for check, /why and issue. */
import type { Explanation } from '../epic/explanation.ts';

const mostCharacters = 6_000;

const mostOfWho = 3_000;

const oneLine = (tree: Explanation): string => {
  const tooMany = (tree.who?.length ?? 0) > mostOfWho;
  const who = tree.who === undefined ? '' : ` **Who:** ${tooMany ? 'too many to be named here' : tree.who}.`;
  const next = tree.next === undefined ? '' : ` **Next:** ${tree.next}.`;
  return `${tree.holds ? '✅' : '⏳'} ${tree.says}${who}${next}`;
};

const lines = (tree: Explanation, depth: number): readonly string[] => [
  `${'  '.repeat(depth)}- ${oneLine(tree)}`,
  ...tree.parts.flatMap((part) => lines(part, depth + 1)),
];

/** The tree's parts as a nested list, or the tree itself where it has none; cut at whole lines where it would fill pages. */
export const explanationText = (tree: Explanation): string => {
  const all = tree.parts.length === 0 ? lines(tree, 0) : tree.parts.flatMap((part) => lines(part, 0));
  let length = 0;
  const kept = all.filter((line) => {
    length += line.length + 1;
    return length <= mostCharacters;
  });
  const left = all.length - kept.length;
  return left === 0 ? kept.join('\n') : [...kept, `- … and ${left} more`].join('\n');
};

/** The innermost parts that do not hold: what is missing, without the branches that lead there. */
export const missingParts = (tree: Explanation): readonly Explanation[] => {
  if (tree.holds) return [];
  const inside = tree.parts.flatMap(missingParts);
  return inside.length === 0 ? [tree] : inside;
};
