/** Whoever was chosen is asked on the stage's pull requests as well, in GitHub's own way; once for each. */
import { openPulls } from '../../core/epic/stage.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import type { Write } from '../../github/outgoing/write.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { paint, readPainted } from '../../ledger/painted.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';

interface Request {
  readonly key: string;
  readonly number: number;
  readonly login: string;
}

const requestsOf = (epic: OpenedEpic): readonly Request[] =>
  epic.stages
    .filter((stage) => stage.status === 'in-review')
    .flatMap((stage) =>
      openPulls(epic, stage.definition.key).flatMap(({ number }) =>
        (stage.reviewers ?? []).map(({ by }) => ({
          key: `review:${number}:${by.id}:${stage.submission}`,
          number,
          login: by.login,
        })),
      ),
    );

/** What GitHub refuses (nobody asks an author; the App may not) is noted and let be: people were told in words. */
export const planAskReview = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const { desk, engine, site } = planning;
  const epic = await desk.epic(promise.epicId ?? '');
  if (epic.status === 'unopened') return nothingToDo(promise);
  const { lane } = desk.hold;
  const asked = await readPainted(desk.hold, lane);
  const requests = requestsOf(epic).filter(({ key }) => !asked.has(key));
  const writes = requests.map(
    ({ key, number, login }): Write => ({ kind: 'request-review', key, repository: site.ref, number, login }),
  );
  const settle: Job['settle'] = (results) => {
    const kept = results.filter((one) => one.ok);
    for (const { key, result } of kept) {
      if (result.kind !== 'request-review' || !result.skipped) continue;
      engine.log.info({ epic: promise.epicId, request: key }, 'GitHub takes no review request here');
    }
    const rows = kept.map(({ key }) => ({ object: key, digest: 'asked', remote: null }));
    if (rows.length > 0) desk.also((tx) => paint(tx, lane, rows));
  };
  return { promise, writes, creates: false, settle };
};
