/** The repository a delivery speaks of, learned before anything else is: whose it is and where it is now. */
import { installationOf, repositoryNow } from '../github/facts/repository-now.ts';
import type { Envelope } from '../github/incoming/envelope.ts';
import { findRepositories, saveRepository } from '../ledger/repositories.ts';
import type { Bench } from './interpret.ts';
import { resume } from './resume.ts';
import { type Site, siteOf } from './site.ts';

const saysNothingNew = ({ repository, installationId }: Envelope, { known }: Site): boolean =>
  repository?.owner === known.owner &&
  repository.name === known.name &&
  repository.defaultBranch === known.defaultBranch &&
  repository.isPrivate === known.private &&
  (installationId === undefined || installationId === known.installationId);

/**
 * True when the delivery's installation has that repository. What is known already is believed; what would be new (a
 * name, an owner, an installation) is asked of GitHub, because a delivery may be old or another tenant's (threats T09,
 * F20). Written at once: everything else asks by the repository's id.
 */
export const learnRepository = async (bench: Bench, frame: Envelope): Promise<boolean> => {
  const { repository } = frame;
  if (repository === undefined) return false;
  const { engine, desk, sites } = bench;
  const { id } = repository;
  const site = sites.get(id) ?? (await siteOf(engine, desk.hold, id));
  if (site !== undefined && saysNothingNew(frame, site)) {
    sites.set(id, site);
    return true;
  }
  const installationId = frame.installationId ?? (await installationOf(engine.github, repository));
  if (installationId === undefined) return false;
  const now = await repositoryNow(engine.github, { repository, installationId });
  if (now === null) {
    engine.log.warn(
      { repository: id, installation: installationId },
      'not a repository of this installation',
    );
    return false;
  }
  const [before] = await findRepositories(desk.hold, { id });
  const changed = await saveRepository(desk.hold, {
    id,
    nodeId: now.nodeId,
    owner: now.owner,
    name: now.name,
    defaultBranch: now.defaultBranch,
    installationId,
    private: now.isPrivate,
  });
  if (changed) sites.delete(id);
  // It was lost, or is another installation's now: what was left undone goes on.
  if (before !== undefined && before.installationId !== installationId) await resume(desk, id);
  return true;
};
