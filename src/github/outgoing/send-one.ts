/** One write by REST: repaired where it can be, skipped where this server has no such thing (threats F28, contract §2). */

import type { Client } from '../client.ts';
import { GitHubFailure } from '../failure.ts';
import type { Prepared } from './form.ts';
import type { Result } from './write.ts';

export type Sent =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly failure: GitHubFailure };

const mostTries = 4;
const succeeded = (result: Result): Sent => ({ ok: true, result });

/** A write that may simply be repeated has no unknown outcome: doing it again is how one finds out. */
export const softened = (failure: GitHubFailure, creates: boolean): GitHubFailure =>
  failure.kind !== 'unknown-outcome' || creates
    ? failure
    : new GitHubFailure({ ...failure, kind: 'unavailable', message: failure.message, cause: failure });

const answers = async (
  client: Client,
  route: string,
  params: Readonly<Record<string, unknown>>,
): Promise<boolean> => {
  try {
    await client.get(route, params);
    return true;
  } catch (failure) {
    if (failure instanceof GitHubFailure && failure.status === 404) return false;
    throw failure;
  }
};

/** A 404 has two meanings: the issue is not there, or the server knows no such endpoint. Two reads tell, once an hour. */
const lacksFeature = async (client: Client, { needs }: Prepared): Promise<boolean> => {
  if (needs === null || client.features.has(needs.feature) === 'yes') return false;
  if (await answers(client, needs.endpoint, needs.params)) {
    client.features.learn(needs.feature, 'yes');
    return false;
  }
  if (!(await answers(client, needs.issue, needs.params))) return false;
  client.features.learn(needs.feature, 'no');
  return true;
};

const attempt = async (client: Client, prepared: Prepared): Promise<Result> => {
  const { rest, needs, skipped } = prepared;
  if (
    skipped !== null &&
    (rest === null || (needs !== null && client.features.has(needs.feature) === 'no'))
  ) {
    return skipped;
  }
  if (rest === null) throw new GitHubFailure({ kind: 'refused', message: 'REST has no such write', url: '' });
  const { data } = await client.request(rest.route, rest.params, { priority: prepared.priority });
  if (needs !== null) client.features.learn(needs.feature, 'yes');
  try {
    return rest.read(data);
  } catch (cause) {
    throw new GitHubFailure({
      kind: 'unknown-outcome',
      message: 'Answered in a shape unknown to us',
      url: rest.route,
      cause,
    });
  }
};

/** Sends it, and answers what it came to; a failure is an answer too. Anything but a GitHubFailure is thrown. */
export const sendOne = async (client: Client, prepared: Prepared, tries = mostTries): Promise<Sent> => {
  try {
    return succeeded(await attempt(client, prepared));
  } catch (failure) {
    if (!(failure instanceof GitHubFailure)) throw failure;
    const already = prepared.alreadyDone(failure);
    if (already !== null) return succeeded(already);
    if (failure.kind !== 'refused') return { ok: false, failure: softened(failure, prepared.creates) };
    const other = tries > 1 ? prepared.repaired(failure) : null;
    if (other !== null) return sendOne(client, other, tries - 1);
    return (await orItsFailure(client, prepared, failure)) ?? { ok: false, failure };
  }
};

/** After a 404: skipped where the server lacks the feature; the probe's own failure where it could not be told. */
const orItsFailure = async (
  client: Client,
  prepared: Prepared,
  failure: GitHubFailure,
): Promise<Sent | null> => {
  if (failure.status !== 404 || prepared.skipped === null) return null;
  try {
    return (await lacksFeature(client, prepared)) ? succeeded(prepared.skipped) : null;
  } catch (probe) {
    if (!(probe instanceof GitHubFailure)) throw probe;
    return { ok: false, failure: probe };
  }
};
