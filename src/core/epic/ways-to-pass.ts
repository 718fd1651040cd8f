/** The ways in which a gate can be passed: each a list of roles that must all be filled. */
import type { Requirement } from '../workflow/approval.ts';
import type { Role } from '../workflow/definition.ts';

/** Beyond this many the shortest are kept: a file cannot ask for more work than a decision is worth. */
const mostWays = 300;

type Way = readonly Role[];

const joined = (one: Way, other: Way): Way => [...new Set([...one, ...other])];

const shortest = (ways: readonly Way[]): readonly Way[] =>
  ways.toSorted((one, other) => one.length - other.length).slice(0, mostWays);

/** Every way to do all of several things. */
const together = (parts: readonly (readonly Way[])[]): readonly Way[] =>
  parts.reduce<readonly Way[]>(
    (so, part) => shortest(so.flatMap((way) => part.map((other) => joined(way, other)))),
    [[]],
  );

/** Every choice of `n` of a list, in its order. */
const choices = <T>(list: readonly T[], n: number): readonly (readonly T[])[] => {
  if (n === 0) return [[]];
  return list.flatMap((first, index) =>
    choices(list.slice(index + 1), n - 1).map((rest) => [first, ...rest]),
  );
};

const waysOf = (required: Requirement): readonly Way[] => {
  if (typeof required === 'string') return [[required]];
  if ('all' in required) return together(required.all.map(waysOf));
  if ('any' in required) return shortest(required.any.flatMap(waysOf));
  return shortest(choices(required.of.map(waysOf), required.n).flatMap(together));
};

/** Without a requirement there is one way: all the approvers. There is always at least one way. */
export const waysToPass = (
  required: Requirement | undefined,
  approvers: readonly Role[],
): readonly [Way, ...Way[]] => {
  const [first, ...rest] = required === undefined ? [approvers] : waysOf(required);
  return [first ?? approvers, ...rest];
};
