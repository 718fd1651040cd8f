/** What nearly every delivery carries around its news: whose it is and where it happened. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';

/** A repository as a payload shows it. */
export interface RepositorySeen extends RepositoryRef {
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
}

/** The frame of a delivery; absent parts were absent. */
export interface Envelope {
  readonly action: string;
  readonly installationId?: number;
  readonly repository?: RepositorySeen;
  /** The issue or pull request number, where there is one. */
  readonly number?: number;
}

/** What the inbox can keep as a number; a frame with any other is no frame of GitHub's (threats T07). */
const numbered = z.object({ number: z.int32() }).nullish();

const schema = z.object({
  action: z.string().optional(),
  installation: z.object({ id: z.int() }).nullish(),
  repository: z
    .object({
      id: z.int(),
      node_id: z.string().default(''),
      name: z.string(),
      owner: z.object({ login: z.string().optional(), name: z.string().nullish() }),
      default_branch: z.string().default('main'),
      private: z.boolean().default(false),
    })
    .nullish(),
  issue: numbered,
  pull_request: numbered,
});

/** Reads the frame; a payload that has none (or is no object) yields an empty one. Never throws. */
export const readEnvelope = (payload: unknown): Envelope => {
  const { success, data } = schema.safeParse(payload);
  if (!success) return { action: '' };
  const { installation, repository } = data;
  const number = data.issue?.number ?? data.pull_request?.number;
  const seen = repository && {
    id: repository.id,
    nodeId: repository.node_id,
    owner: repository.owner.login ?? repository.owner.name ?? '',
    name: repository.name,
    defaultBranch: repository.default_branch,
    isPrivate: repository.private,
  };
  return {
    action: data.action ?? '',
    ...(installation ? { installationId: installation.id } : {}),
    ...(seen ? { repository: seen } : {}),
    ...(number === undefined ? {} : { number }),
  };
};
