/** Epics on which an alarm is due; the ledger keeps only each one's next. */
import type { Connection } from '../database.ts';

/** An epic to be looked at. */
export interface DueEpic {
  readonly id: string;
  readonly repositoryId: number;
}

/**
 * Those whose next alarm has come, the longest overdue first. Costs what is due, not what is set. Where the App may not
 * act, no clock runs: it rings when the App is back (threats F34).
 */
export const dueEpics = async (on: Connection, limit: number): Promise<readonly DueEpic[]> => {
  const { rows } = await on.query<DueEpic>({
    name: 'due-epics',
    text: `select id, repository_id as "repositoryId" from epics
            where next_alarm <= now()
              and not exists (select from repositories join installations on installations.id = installation_id
                               where repositories.id = repository_id and state <> 'active')
            order by next_alarm limit $1`,
    values: [limit],
  });
  return rows;
};
