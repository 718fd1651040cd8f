/** Whose a repository is and what it is called at this moment: asked of GitHub where a delivery says something new (threats T09, T104). */
import { z } from 'zod';
import { GitHubFailure, isGone } from '../failure.ts';
import { type RepositorySeen, readEnvelope } from '../incoming/envelope.ts';
import type { GitHub } from '../octokit.ts';

const installed = z.object({ id: z.number() });
const listed = z.object({ repositories: z.array(z.unknown()) });

/** A repository as a delivery names it, and the installation it claims to come from. */
export interface Claimed {
  readonly repository: RepositorySeen;
  readonly installationId: number;
}

const orRefused = async <T>(asked: () => Promise<T>): Promise<T | 'absent' | null> => {
  try {
    return await asked();
  } catch (failure) {
    if (isGone(failure)) return 'absent';
    if (failure instanceof GitHubFailure && failure.kind === 'refused') return null;
    throw failure;
  }
};

const askWhose = (github: GitHub, { owner, name }: RepositorySeen) =>
  orRefused(() => github.app.get('GET /repos/{owner}/{repo}/installation', { owner, repo: name }));

/** The installation that has a repository of that name, for a delivery that names none; undefined where none has. Throws GitHubFailure. */
export const installationOf = async (
  github: GitHub,
  repository: RepositorySeen,
): Promise<number | undefined> => {
  const whose = await askWhose(github, repository);
  return whose === null || whose === 'absent' ? undefined : installed.parse(whose.data).id;
};

/**
 * Who asks by name was not answered: the installation's own list says whether it has the repository, as far as one page
 * goes. GitHub always has that list; a server without it keeps no such books, and the signed delivery is all there is.
 */
const asListed = async (github: GitHub, claimed: Claimed): Promise<RepositorySeen | null> => {
  const { repository, installationId } = claimed;
  const route = 'GET /installation/repositories';
  const answer = await orRefused(() => github.installation(installationId).get(route, { per_page: 100 }));
  if (answer === 'absent') return repository;
  if (answer === null) return null;
  const all = listed.parse(answer.data).repositories;
  return (
    all
      .map((one) => readEnvelope({ repository: one }).repository)
      .find(
        (one) => one?.id === repository.id && one.owner === repository.owner && one.name === repository.name,
      ) ?? null
  );
};

/**
 * The claimed repository as it is now, or null where that installation does not have it or the name is another's by now.
 * The App itself asks whose the name is, so that no installation's token is ever tried on somebody else's repository.
 */
export const repositoryNow = async (github: GitHub, claimed: Claimed): Promise<RepositorySeen | null> => {
  const { repository, installationId } = claimed;
  const named = { owner: repository.owner, repo: repository.name };
  const whose = await askWhose(github, repository);
  if (whose === 'absent') return asListed(github, claimed);
  if (whose === null || installed.parse(whose.data).id !== installationId) return null;
  const answer = await orRefused(() =>
    github.installation(installationId).get('GET /repos/{owner}/{repo}', named),
  );
  if (answer === 'absent') return asListed(github, claimed);
  const now = answer === null ? undefined : readEnvelope({ repository: answer.data }).repository;
  return now?.id === repository.id ? now : null;
};
