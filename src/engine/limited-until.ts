/** Until when GitHub asked to wait, by the ledger's clock: our own may be another (threats F22, F52). */
import type { GitHubFailure } from '../github/failure.ts';
import type { Engine } from './engine.ts';

/** A minute where GitHub named no time. */
export const limitedUntil = ({ now }: Pick<Engine, 'now'>, { until }: GitHubFailure): Date =>
  new Date(now().getTime() + (until === null ? 60_000 : until - Date.now()));
