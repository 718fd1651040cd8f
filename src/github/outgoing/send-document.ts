/** Many writes in one GraphQL document: aliases in order, text only as variables, each alias judged by itself. */

import type { Client } from '../client.ts';
import { GitHubFailure } from '../failure.ts';
import { type GraphqlError, isRateLimit } from '../graphql-answer.ts';
import { unknownMutations } from '../unknown-mutations.ts';
import type { Prepared } from './form.ts';
import type { KnownIds } from './ids.ts';
import { type Sent, softened } from './send-one.ts';

type Answered = Awaited<ReturnType<Client['graphql']>>;

/** A write and the mutation made of it. */
export interface Aliased {
  readonly prepared: Prepared;
  readonly mutation: NonNullable<ReturnType<Prepared['graphql']>>;
}

/** Per write, in order: what it came to, or `by-rest` where REST must say it. `again`: the document was not executed at all. */
export type DocumentOutcome = readonly (Sent | 'by-rest')[] | 'again';

const inputType = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;

const textOf = (aliased: readonly Aliased[]): string => {
  const variables = aliased.map(({ mutation }, at) => `$w${at}: ${inputType(mutation.name)}!`).join(', ');
  const fields = aliased.map(
    ({ mutation }, at) => `  w${at}: ${mutation.name}(input: $w${at}) { ${mutation.selection} }`,
  );
  return `mutation(${variables}) {\n${fields.join('\n')}\n}`;
};

const statusOf: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  UNPROCESSABLE: 422,
  VALIDATION: 422,
};

/** One alias's error → its failure. A type that is not known may hide a write that was applied. */
const failureOf = (error: GraphqlError, name: string, limitedUntil: number | null): GitHubFailure => {
  const { message } = error;
  const url = `GraphQL ${name}`;
  if (isRateLimit(error)) return new GitHubFailure({ kind: 'limited', message, url, until: limitedUntil });
  const status = statusOf[error.type ?? ''];
  return status === undefined
    ? new GitHubFailure({ kind: 'unknown-outcome', status: 200, message, url })
    : new GitHubFailure({ kind: 'refused', status, message, url });
};

const unread = (name: string, cause?: unknown): GitHubFailure =>
  new GitHubFailure({
    kind: 'unknown-outcome',
    status: 200,
    message: typeof cause === 'string' ? cause : 'No readable answer',
    url: `GraphQL ${name}`,
    cause,
  });

const forgetLabels = (ids: KnownIds, message: string): void => {
  for (const [label, id] of Object.entries(ids.labels)) if (message.includes(id)) ids.forget(label);
};

const judge = (
  { client, ids, answer }: { readonly client: Client; readonly ids: KnownIds; readonly answer: Answered },
  { prepared, mutation }: Aliased,
  alias: string,
): Sent | 'by-rest' => {
  const failed = (failure: GitHubFailure): Sent => ({
    ok: false,
    failure: softened(failure, prepared.creates),
  });
  const error = answer.errors.find(({ path }) => path?.[0] === alias);
  const value = answer.data?.[alias] ?? null;
  if (value !== null) {
    client.features.learn(`mutation:${mutation.name}`, 'yes');
    if (prepared.needs !== null) client.features.learn(prepared.needs.feature, 'yes');
    try {
      return { ok: true, result: mutation.read(value) };
    } catch (cause) {
      return failed(unread(mutation.name, cause));
    }
  }
  const failure =
    error === undefined ? unread(mutation.name) : failureOf(error, mutation.name, answer.limitedUntil);
  const already = prepared.alreadyDone(failure);
  if (already !== null) return { ok: true, result: already };
  // Unclear, but harmless to say twice: REST gives a clear answer.
  if (failure.kind === 'unknown-outcome' && !prepared.creates) return 'by-rest';
  if (failure.kind !== 'refused' || failure.status === 403) return failed(failure);
  if (failure.status === 404) forgetLabels(ids, failure.message);
  // Not applied, for a reason that REST can name exactly or that can be repaired there.
  return 'by-rest';
};

const documentProblem =
  /parse error|doesn't exist on type|isn't a defined|doesn't accept argument|was provided invalid value/i;

/** An answer without any data: was nothing executed, or is nothing known? */
const withoutData = (client: Client, aliased: readonly Aliased[], answer: Answered): DocumentOutcome => {
  const unknown = unknownMutations(answer.errors);
  for (const name of unknown) client.features.learn(`mutation:${name}`, 'no');
  if (unknown.some((name) => aliased.some(({ mutation }) => mutation.name === name))) return 'again';
  if (answer.errors.length > 0 && answer.errors.every(({ message }) => documentProblem.test(message))) {
    return aliased.map(() => 'by-rest');
  }
  // `RESOURCE_LIMITS_EXCEEDED`, or "Something went wrong while executing your query": it was too much at once.
  client.features.learn('longDocuments', 'no');
  return aliased.map(({ prepared, mutation }) => {
    const failure = unread(mutation.name, answer.errors[0]?.message);
    return { ok: false, failure: softened(failure, prepared.creates) };
  });
};

/** How GitHub's gateway answers what took more than ten seconds. */
const tookTooLong = new Set([502, 504]);

/** Refusals of a whole document that REST would meet as well. */
const final = new Set([301, 302, 307, 308, 403, 410, 451]);

/** Sends one document. Throws nothing but what is no GitHubFailure. */
export const sendDocument = async (
  client: Client,
  aliased: readonly Aliased[],
  ids: KnownIds,
): Promise<DocumentOutcome> => {
  const variables = Object.fromEntries(aliased.map(({ mutation }, at) => [`w${at}`, mutation.input]));
  const priority = Math.max(...aliased.map(({ prepared }) => prepared.priority));
  try {
    const answer = await client.graphql(textOf(aliased), variables, { priority });
    const empty = answer.data === null || Object.values(answer.data).every((value) => value === null);
    const unplaced = answer.errors.every(({ path }) => path == null || path.length === 0);
    if (empty && unplaced) return withoutData(client, aliased, answer);
    return aliased.map((one, at) => judge({ client, ids, answer }, one, `w${at}`));
  } catch (failure) {
    if (!(failure instanceof GitHubFailure)) throw failure;
    if (failure.kind === 'refused' && !final.has(failure.status)) return aliased.map(() => 'by-rest');
    if (tookTooLong.has(failure.status)) client.features.learn('longDocuments', 'no');
    return aliased.map(({ prepared }) => ({ ok: false, failure: softened(failure, prepared.creates) }));
  }
};
