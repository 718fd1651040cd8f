/** The answer to a command in a comment that was edited before it could be read. */
import type { Person } from '../epic/person.ts';
import { code, list, nameOf } from '../epic/say-who.ts';

/** Names the commands that were found in it; what they were before nobody knows (contract §4). */
export const editedReply = (person: Person, commands: readonly string[]): string =>
  [
    `${nameOf(person)}: your comment was edited before Gatehouse could read it, so ${list([...new Set(commands)].map((name) => code(`/${name}`)))} in it was not obeyed.`,
    '- what to type: the same again, in a new comment',
  ].join('\n');
