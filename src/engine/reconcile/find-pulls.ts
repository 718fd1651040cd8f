/** Pull requests GitHub never told us of, and what became of others meanwhile: new ones, other heads and bases, closed ones. */
import { readReferences } from '../../core/slash/read-references.ts';
import { openPulls, type PullListed, pullListed } from '../../github/facts/open-pulls.ts';
import { type KnownPullRequest, openPullRequests, readPullRequest } from '../../ledger/pull-requests.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { asIfDelivered } from './as-if-delivered.ts';
import type { Survey } from './survey.ts';

const tell = async (survey: Survey, kind: 'pull' | 'link', { pull, updatedAt, raw }: PullListed) => {
  const state = [pull.head, pull.base, pull.state, pull.draft].join('/');
  await asIfDelivered(survey, {
    name: `${kind}/${pull.number}/${state}/${updatedAt}`,
    event: 'pull_request',
    action: 'edited',
    number: pull.number,
    body: { number: pull.number, pull_request: raw },
    sender: null,
  });
};

const isAsKnown = ({ pull }: PullListed, known: KnownPullRequest | undefined): boolean =>
  known?.headSha === pull.head &&
  known.baseRef === pull.base &&
  known.state === pull.state &&
  known.draft === pull.draft;

/** Whether body or branch name a stage other than the one it is linked to. */
const namesAnother = async (
  { desk, site }: Survey,
  { pull }: PullListed,
  known: KnownPullRequest | undefined,
): Promise<boolean> => {
  for (const { number } of readReferences(pull.body, pull.branch).slice(0, 20)) {
    const subject = await subjectOf(desk.hold, site.known.id, number);
    if (subject?.kind === 'stage') return subject.epicId !== known?.epicId || subject.stage !== known.stage;
  }
  return known?.epicId != null;
};

/** Takes in every open one that is not as it is known, and every one known as open that is not. */
export const findPulls = async (survey: Survey): Promise<void> => {
  const { desk, site, until } = survey;
  const listed = await openPulls(site.client, site.ref);
  const open = await openPullRequests(desk.hold, site.known.id);
  for (const one of listed) {
    const { number } = one.pull;
    if (one.updatedAt > until) continue;
    const known = await readPullRequest(desk.hold, site.known.id, number);
    if (!isAsKnown(one, known)) await tell(survey, 'pull', one);
    else if (await namesAnother(survey, one, known)) await tell(survey, 'link', one);
  }
  for (const { number } of open.filter((known) => !listed.some(({ pull }) => pull.number === known.number))) {
    const now = await pullListed(site.client, site.ref, number);
    if (now !== undefined && now.pull.state !== 'open' && now.updatedAt <= until)
      await tell(survey, 'pull', now);
  }
};
