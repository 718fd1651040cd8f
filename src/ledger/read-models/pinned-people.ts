/** People whose number is known for the name a repository's rules call them by. */
import type { Person } from '../../core/epic/person.ts';
import type { Connection } from '../database.ts';

/** In the order of their names, which are in lower case. */
export const readPinnedPeople = async (on: Connection, repositoryId: number): Promise<Person[]> => {
  const { rows } = await on.query<Person>(
    `select id, name as login from pins where repository_id = $1 and kind = 'user' order by name`,
    [repositoryId],
  );
  return rows;
};
