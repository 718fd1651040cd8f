/** Makes sure that labels exist and that we know their node ids: one query, and one document for what is missing. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { GitHubFailure } from '../failure.ts';
import { unknownMutations } from '../unknown-mutations.ts';
import type { KnownIds } from './ids.ts';

/** How a label should look where we have to make it; `color` as six hex digits. */
export interface LabelWanted {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

const node = z.object({ id: z.string() }).nullish();
const repositoryAnswer = z.object({ repository: z.record(z.string(), node) });
const createAnswer = z.record(z.string(), z.object({ label: node }).nullish());

const idsOf = (
  wanted: readonly LabelWanted[],
  idAt: (alias: string) => string | undefined,
): Record<string, string> =>
  Object.fromEntries(
    wanted.flatMap(({ name }, at) => {
      const id = idAt(`l${at}`);
      return id === undefined ? [] : [[name, id]];
    }),
  );

const ask = async (client: Client, repository: RepositoryRef, wanted: readonly LabelWanted[]) => {
  const variables = wanted.map((_, at) => `, $n${at}: String!`).join('');
  const fields = wanted.map((_, at) => `    l${at}: label(name: $n${at}) { id }`).join('\n');
  const query = `query($owner: String!, $name: String!${variables}) {\n  repository(owner: $owner, name: $name) {\n${fields}\n  }\n}`;
  const names = Object.fromEntries(wanted.map(({ name }, at) => [`n${at}`, name]));
  const answer = await client.graphql(query, { owner: repository.owner, name: repository.name, ...names });
  const read = repositoryAnswer.safeParse(answer.data);
  // Without an answer about the repository nothing is known to be missing.
  return read.success ? idsOf(wanted, (alias) => read.data.repository[alias]?.id) : null;
};

const make = async (client: Client, repositoryId: string, missing: readonly LabelWanted[]) => {
  const variables = missing.map((_, at) => `$l${at}: CreateLabelInput!`).join(', ');
  const fields = missing.map((_, at) => `  l${at}: createLabel(input: $l${at}) { label { id } }`).join('\n');
  const inputs = missing.map((label, at) => [`l${at}`, { repositoryId, ...label }]);
  const answer = await client.graphql(`mutation(${variables}) {\n${fields}\n}`, Object.fromEntries(inputs));
  if (unknownMutations(answer.errors).includes('createLabel'))
    client.features.learn('mutation:createLabel', 'no');
  const read = createAnswer.safeParse(answer.data);
  return read.success ? idsOf(missing, (alias) => read.data[alias]?.label?.id) : {};
};

const noGraphql = (failure: unknown): boolean =>
  failure instanceof GitHubFailure && failure.kind === 'refused';

/**
 * Names wanted → name to node id, also learned by `known`. No request when all are known. What is missing in the result
 * is not known: an issue with such a label is opened by REST, which makes the label by itself. Throws GitHubFailure
 * when GitHub is limited or away.
 */
export const ensureLabels = async (
  client: Client,
  repository: RepositoryRef,
  wanted: readonly LabelWanted[],
  known: KnownIds,
): Promise<Readonly<Record<string, string>>> => {
  const without = () => wanted.filter(({ name }) => known.labels[name] === undefined);
  if (without().length === 0 || client.features.has('graphql') === 'no') return known.labels;
  try {
    const there = await ask(client, repository, without());
    known.learn(there ?? {});
    if (there === null || without().length === 0 || client.features.has('mutation:createLabel') === 'no')
      return known.labels;
    known.learn(await make(client, known.repository, without()));
  } catch (failure) {
    if (!noGraphql(failure)) throw failure;
  }
  return known.labels;
};
