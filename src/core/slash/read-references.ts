/** Which issues a pull request says it belongs to, in its body and in its branch's name (contract §5). */

/** A number somebody wrote, and where. */
export interface Reference {
  readonly via: 'body' | 'branch';
  readonly number: number;
}

/** What pull request templates hide in comments, and what people quote as code, names nothing. */
const silent = /<!--[\s\S]*?(?:-->|$)|```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`/g;
const stageLine = /^[ \t>*_-]*stage[*_]*:[*_ \t]*#(\d{1,10})\b/gim;
const keyword = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|part of):?[ \t]+#(\d{1,10})\b/gi;
const branchName = /^stage\/(\d{1,10})(?:-|$)/i;

const numbers = (text: string, pattern: RegExp): readonly Reference[] =>
  [...text.matchAll(pattern)].map((match) => ({ via: 'body' as const, number: Number(match[1]) }));

/**
 * The issues named by `Stage: #N`, then by `Closes`/`Fixes`/`Resolves`/`Part of #N`, then by a branch `stage/N-…`.
 * Which of them are stage issues, only the ledger knows; the first that is one wins.
 */
export const readReferences = (body: string, branch: string): readonly Reference[] => {
  const said = body.replace(silent, ' ');
  const inBranch = branchName.exec(branch)?.[1];
  return [
    ...numbers(said, stageLine),
    ...numbers(said, keyword),
    ...(inBranch === undefined ? [] : [{ via: 'branch' as const, number: Number(inBranch) }]),
  ];
};
