/** A verdict that explains itself: the check run, /why, the checklist and the page print this one tree (contract §5). */

/** Something that must hold, whether it does, and if not who can make it so and how. */
export interface Explanation {
  readonly holds: boolean;
  /** One sentence, safe to show. */
  readonly says: string;
  /** Who can give what is missing: people and teams, ready to show. */
  readonly who?: string;
  /** What they type. */
  readonly next?: string;
  /** The parts it is made of. */
  readonly parts: readonly Explanation[];
}

/** An Explanation without parts. */
export const plain = (
  holds: boolean,
  says: string,
  more: { who?: string; next?: string } = {},
): Explanation => ({
  holds,
  says,
  ...more,
  parts: [],
});

/** An Explanation that holds when all its parts do. */
export const all = (says: { held: string; open: string }, parts: readonly Explanation[]): Explanation => {
  const holds = parts.every((part) => part.holds);
  return { holds, says: holds ? says.held : says.open, parts };
};
