/** The repository a piece of work is about: where it is now, and the client that may act there. */
import type { RepositoryRef } from '../core/epic/subject.ts';
import type { Client } from '../github/octokit.ts';
import type { Connection } from '../ledger/database.ts';
import { readInstallation } from '../ledger/installations.ts';
import { findRepositories, type KnownRepository } from '../ledger/repositories.ts';
import type { Engine } from './engine.ts';

/** A repository with the way to it. */
export interface Site {
  readonly known: KnownRepository;
  /** How it is addressed today; decided by id, so a name taken over by others gets nothing (threats T104). */
  readonly ref: RepositoryRef;
  readonly client: Client;
}

/** The site of a repository id; undefined when it was never seen or the App may not act there now (threats F34). */
export const siteOf = async (
  engine: Engine,
  on: Connection,
  repositoryId: number,
): Promise<Site | undefined> => {
  const [known] = await findRepositories(on, { id: repositoryId });
  if (known === undefined) return undefined;
  const installation = await readInstallation(on, known.installationId);
  if (installation !== undefined && installation.state !== 'active') return undefined;
  const { id, nodeId, owner, name } = known;
  return {
    known,
    ref: { id, nodeId, owner, name },
    client: engine.github.installation(known.installationId),
  };
};
