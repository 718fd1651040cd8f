/** The ledger: reachable, of this version, and with nothing in it that waits for a person? */
import type { Database } from '../../ledger/database.ts';
import { readDeadLetters } from '../../ledger/read-models/dead-letters.ts';
import { schemaGap } from '../../ledger/read-models/migrations.ts';
import { readRunning } from '../../ledger/read-models/running.ts';
import { type Finding, notesOn } from './finding.ts';

const notes = notesOn('ledger');

const deadLetterFinding = async (db: Database): Promise<Finding> => {
  const { total } = await readDeadLetters(db, 1);
  return total === 0
    ? notes.right('dead-letters', 'nothing is set aside or given up')
    : notes.warning('dead-letters', `${total} set aside or given up`, 'see `gatehouse dead-letters`');
};

const runningFinding = async (db: Database): Promise<Finding> => {
  const running = await readRunning(db);
  if (running.length === 0)
    return notes.warning('running', 'no service has worked on it for half a minute', 'start one');
  const said = running.map(({ version, count }) => `${count} of version ${version}`).join(', ');
  return notes.right('running', `worked on by ${said}`);
};

/** Findings about an open ledger; never throws, because a broken ledger is a finding. */
export const examineLedger = async (db: Database): Promise<readonly Finding[]> => {
  try {
    const { missing, unknown } = await schemaGap(db);
    if (missing.length > 0)
      return [
        notes.wrong(
          'migrations',
          `lacks ${missing.join(', ')}`,
          'say `gatehouse migrate`, or start this version of the service',
        ),
      ];
    const newer = unknown.length > 0;
    return [
      notes.right('database', 'is reachable'),
      newer
        ? notes.warning(
            'migrations',
            `has ${unknown.join(', ')}`,
            'it is used by a newer Gatehouse: update this one',
          )
        : notes.right('migrations', 'has every migration'),
      await runningFinding(db),
      await deadLetterFinding(db),
    ];
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return [notes.wrong('database', `cannot be asked: ${why}`, 'see DATABASE_URL or GATEHOUSE_DATA')];
  }
};
