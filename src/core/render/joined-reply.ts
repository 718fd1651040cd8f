/** Several commands of one comment, answered in one reply. */
import { code } from '../epic/say-who.ts';
import { cut } from './cut.ts';

/** What one command is answered with. */
interface Answer {
  readonly command: string;
  readonly text: string;
}

/** GitHub takes 65,536 characters, and a signed marker follows. */
const longest = 60_000;

/** One answer as it is; of several each below the command it answers, what would be said twice said once. */
export const joinedReply = (answers: readonly Answer[]): string => {
  const commandsOf = new Map<string, Set<string>>();
  for (const { command, text } of answers)
    commandsOf.set(text, (commandsOf.get(text) ?? new Set()).add(command));
  const [[only] = [], another] = [...commandsOf];
  if (only !== undefined && another === undefined) return only;
  const parts = [...commandsOf].map(
    ([text, commands]) => `${[...commands].map((name) => code(`/${name}`)).join(', ')}\n\n${text}`,
  );
  return cut(parts.join('\n\n---\n\n'), longest);
};
