/** Which commit somebody means who approves: the one they name, and nothing they cannot have seen (threats T12). */
import type { Approve } from './commands.ts';
import type { Pull } from './state.ts';

/** Whether the head begins with the commit they name; false where they name none. */
export const isNamed = (head: string | undefined, { commit }: Pick<Approve, 'commit'>): boolean =>
  commit !== undefined && head?.startsWith(commit.toLowerCase()) === true;

/** Whether it was another head's name before: two commits with the same seven digits are made in seconds. */
export const isAmbiguous = (pull: Pull, head: string, command: Pick<Approve, 'commit'>): boolean =>
  isNamed(head, command) && (pull.left ?? []).some((one) => one !== head && isNamed(one, command));

/**
 * Whether it was written before the head was shown, or before the pull request was at this stage; undefined for neither.
 * GitHub tells when in whole seconds; in the second of a push nobody has read it yet.
 */
export const writtenBefore = (
  pull: Pull,
  { saidAt }: Pick<Approve, 'saidAt'>,
): 'head' | 'link' | undefined => {
  if (saidAt === undefined) return undefined;
  const said = saidAt.slice(0, 19);
  const { shownSince, linkedAt } = pull;
  if (shownSince !== undefined && said <= shownSince.slice(0, 19)) return 'head';
  return linkedAt !== undefined && said < linkedAt.slice(0, 19) ? 'link' : undefined;
};
