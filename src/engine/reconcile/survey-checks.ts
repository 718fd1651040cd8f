/** The checks of pull requests without an epic compared with GitHub: at a start and once a day, for there may be many. */
import { openPullRequests } from '../../ledger/pull-requests.ts';
import { wishChecks } from '../wish-checks.ts';
import { levelCheck } from './level-checks.ts';
import { noteFound } from './note-found.ts';
import type { Survey } from './survey.ts';

/** Writes those again that do not say what they should. */
export const surveyChecks = async (survey: Survey): Promise<void> => {
  const { desk, site } = survey;
  const pulls = await openPullRequests(desk.hold, site.known.id);
  for (const pull of pulls.filter(({ epicId }) => epicId === null)) {
    const { found, pending } = await levelCheck(survey, pull.headSha, true);
    noteFound(desk, { repositoryId: site.known.id, epicId: null }, found);
    if (found.length > 0 || pending) wishChecks(desk, [pull]);
  }
};
