/** `repository.*`: renamed, transferred, deleted, taken out of the archive, or with another default branch. The envelope carries what it is now. */
import type { Reader } from './reader.ts';

const meanings = {
  renamed: 'renamed',
  transferred: 'transferred',
  deleted: 'deleted',
  edited: 'edited',
  unarchived: 'unarchived',
} as const;

const isMeaning = (action: string): action is keyof typeof meanings => Object.hasOwn(meanings, action);

export const repository: Reader = {
  event: 'repository',
  actions: Object.keys(meanings),
  read: (_body, action) =>
    isMeaning(action) ? { kind: 'repository-changed', how: meanings[action] } : undefined,
};
