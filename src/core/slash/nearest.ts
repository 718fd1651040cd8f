/** "Did you mean": the command of ours somebody most likely mistyped, and silence for other bots' commands. */
import { editDistance } from '../workflow/suggest.ts';
import { aliases } from './aliases.ts';
import { slashCommands } from './index.ts';

/** Commands of widely used bots and of GitHub itself that happen to look like ours; never answered. */
const foreign = new Set(
  (
    'lgtm hold unhold retest test rebase retry merge assign unassign close reopen label cc uncc kind area priority ' +
    'ok-to-test cherry-pick backport squash shrug tableflip duplicate milestone lock unlock remove triage deploy ready ' +
    'draft review recheck rerun run build bench format update queue dequeue requeue refresh improve describe ask list ' +
    'case state resolve pick'
  ).split(' '),
);

const mostEdits = (name: string): number => (name.length < 7 ? 1 : 2);

/**
 * The name of ours that `name` is a near miss of: one edit away, or two for names of seven letters and more.
 * Capitals, and a character behind the name, are near misses of exactly that name, whoever else has it.
 * A near miss of another word for a command is answered with the command itself, and a command before such a word.
 * Undefined for our own names, for known commands of other bots, and for anything farther away.
 */
export const nearest = (name: string): string | undefined => {
  const asked = name.toLowerCase().replace(/[^a-z0-9]+$/, '');
  const own = slashCommands.flatMap((command) => [command.name, ...command.aliases]);
  if (own.includes(name) || aliases.has(name)) return undefined;
  const same = [...own, ...aliases.keys()].find((word) => word.toLowerCase() === asked);
  if (same !== undefined) return aliases.get(same) ?? same;
  if (foreign.has(asked)) return undefined;
  const known = [
    ...own.map((word) => ({ word, command: word })),
    ...[...aliases].map(([word, command]) => ({ word, command })),
  ];
  return known
    .map(({ word, command }) => ({ word, command, edits: editDistance(asked, word.toLowerCase()) }))
    .filter(({ word, edits }) => edits <= mostEdits(word))
    .sort((one, other) => one.edits - other.edits)[0]?.command;
};
