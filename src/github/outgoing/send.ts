/** Sends writes in the order given with the fewest requests: GraphQL documents where they go, REST where they do not. */
import type { Client, Params } from '../client.ts';
import { GitHubFailure } from '../failure.ts';
import type { Prepared } from './form.ts';
import type { KnownIds } from './ids.ts';
import { prepare } from './index.ts';
import { type Aliased, sendDocument } from './send-document.ts';
import { type Sent, sendOne } from './send-one.ts';
import type { Write } from './write.ts';

export type WriteResult = { readonly key: string } & Sent;

/**
 * GitHub ends a document after ten seconds; twenty writes mostly stay below (platform §1.3). Where one did not, the same
 * twenty would fare no better: for an hour documents are short.
 */
const mostAliases = ({ features }: Client): number => (features.has('longDocuments') === 'no' ? 4 : 20);

/** False where an id is empty: a server that names things by number alone never told us (REST finds them all the same). */
const isAddressed = (input: Params): boolean =>
  Object.entries(input).every(
    ([name, value]) =>
      !/(?:^i|I)ds?$/.test(name) || (value !== '' && !(Array.isArray(value) && value.includes(''))),
  );

const aliasedOf = (client: Client, prepared: Prepared, ids: KnownIds): Aliased | null => {
  const { features } = client;
  if (features.has('graphql') === 'no') return null;
  if (prepared.needs !== null && features.has(prepared.needs.feature) === 'no') return null;
  const mutation = prepared.graphql(ids);
  if (mutation === null || !isAddressed(mutation.input) || features.has(`mutation:${mutation.name}`) === 'no')
    return null;
  return { prepared, mutation };
};

/** The writes from the start of `rest` that go into one document. */
const nextDocument = (client: Client, rest: readonly Prepared[], ids: KnownIds): readonly Aliased[] => {
  const aliased: Aliased[] = [];
  for (const prepared of rest.slice(0, mostAliases(client))) {
    const one = aliasedOf(client, prepared, ids);
    if (one === null) break;
    aliased.push(one);
  }
  return aliased;
};

/** After one of these the next request would fare no better, and might come too early (threats A3). */
const stops = (sent: Sent): boolean => {
  if (sent.ok || sent.failure.kind === 'refused') return false;
  // A single alias of a document that was answered says nothing about its neighbours.
  return sent.failure.kind !== 'unknown-outcome' || sent.failure.status !== 200;
};

const notSent = (because: Sent): Sent => {
  if (because.ok) return because;
  const { failure } = because;
  const kind = failure.kind === 'limited' ? 'limited' : 'unavailable';
  const message = failure.message.startsWith('Not sent') ? failure.message : `Not sent: ${failure.message}`;
  return { ok: false, failure: new GitHubFailure({ ...failure, kind, message, cause: failure }) };
};

/** What the next document or request came to, for one or more writes from the start of `rest`; none: look again. */
const sendNext = async (
  client: Client,
  rest: readonly Prepared[],
  ids: KnownIds,
): Promise<readonly Sent[]> => {
  const aliased = nextDocument(client, rest, ids);
  if (aliased.length === 0) return Promise.all(rest.slice(0, 1).map((one) => sendOne(client, one)));
  const outcome = await sendDocument(client, aliased, ids);
  if (outcome === 'again') return [];
  const sent: Sent[] = [];
  for (const [at, { prepared }] of aliased.entries()) {
    const one = outcome[at] ?? 'by-rest';
    const stopped = [...sent, ...outcome.filter((other) => other !== 'by-rest')].find(stops);
    sent.push(
      one !== 'by-rest' ? one : stopped === undefined ? await sendOne(client, prepared) : notSent(stopped),
    );
  }
  return sent;
};

/**
 * All writes are of the repository that `ids` are of. One result per write, in the same order; a failure is a result.
 * What was not tried because GitHub was limited or away has a failure that says so. Throws only what is no
 * GitHubFailure.
 */
export const send = async (
  client: Client,
  writes: readonly Write[],
  ids: KnownIds,
): Promise<readonly WriteResult[]> => {
  const all = writes.map(prepare);
  const sent: Sent[] = [];
  while (sent.length < all.length) {
    const rest = all.slice(sent.length);
    const stopped = sent.find(stops);
    sent.push(
      ...(stopped === undefined ? await sendNext(client, rest, ids) : rest.map(() => notSent(stopped))),
    );
  }
  return all.flatMap(({ key }, at) => sent.slice(at, at + 1).map((one) => ({ key, ...one })));
};
