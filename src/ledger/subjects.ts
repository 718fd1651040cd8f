/** Which epic an issue or pull request number belongs to. */
import type { Connection } from './database.ts';

/** What a number in a repository is to us. */
export interface KnownSubject {
  readonly repositoryId: number;
  readonly number: number;
  readonly kind: 'epic' | 'checklist' | 'stage' | 'pull';
  readonly epicId: string;
  /** The stage's key; null for the epic and its checklist. */
  readonly stage: string | null;
}

const find = {
  name: 'subject-of',
  text: `
    select repository_id as "repositoryId", number, kind, epic_id as "epicId", stage
      from subjects
     where repository_id = $1 and number = $2`,
};

/** What a number is, or undefined when it belongs to no epic. */
export const subjectOf = async (
  on: Connection,
  repositoryId: number,
  number: number,
): Promise<KnownSubject | undefined> => {
  const { rows } = await on.query<KnownSubject>({ ...find, values: [repositoryId, number] });
  return rows[0];
};

/** The lane of a number: its epic's, or its own while it belongs to none. */
export const laneOf = async (on: Connection, repositoryId: number, number: number): Promise<string> => {
  const subject = await subjectOf(on, repositoryId, number);
  return subject ? `epic:${subject.epicId}` : `subject:${repositoryId}#${number}`;
};
