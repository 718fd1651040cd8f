/** Everybody who had a hand in a pull request's commits: authors, committers, co-authors, whoever merged the base into it (threats T17, T18). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { unlessGone } from '../failure.ts';

const user = z.object({ id: z.number().optional() }).nullish();
const signature = z.object({ email: z.string().nullish() }).nullish();
const commit = z.object({
  author: user,
  committer: user,
  commit: z.object({ message: z.string().default(''), author: signature, committer: signature }).nullish(),
});
type Commit = z.infer<typeof commit>;

/** GitHub's own committer for merges and edits made on its pages: nobody's work. */
const webFlow = 19864447;
const trailer = /^co-authored-by:[^<\n]*<([^>\s]+)>\s*$/gim;
/** `123+login@users.noreply.github.com` names its account by number, the older `login@users.noreply…` by name. */
const noReply = /^(?:(\d+)\+)?([A-Za-z0-9][A-Za-z0-9-]{0,38})@users\.noreply\.[\w.-]+$/i;

const coAuthors = (one: Commit): readonly string[] =>
  [...(one.commit?.message ?? '').matchAll(trailer)].map((match) => (match[1] ?? '').toLowerCase());

/** What the commits themselves tell of whose an address is: GitHub has put accounts beside them. */
const addressBook = (commits: readonly Commit[]): ReadonlyMap<string, number> => {
  const book = new Map<string, number>();
  for (const { author, committer, commit: said } of commits) {
    if (author?.id !== undefined && said?.author?.email != null)
      book.set(said.author.email.toLowerCase(), author.id);
    if (committer?.id !== undefined && said?.committer?.email != null)
      book.set(said.committer.email.toLowerCase(), committer.id);
  }
  return book;
};

/** Nobody pairs with more people than that; a made-up trailer must not cost a request each. */
const mostAsked = 10;

const accountOf = async (client: Client, login: string): Promise<number | undefined> => {
  const answer = await unlessGone(client.get('GET /users/{username}', { username: login }), undefined);
  return answer && z.object({ id: z.number() }).parse(answer.data).id;
};

const named = async (client: Client, commits: readonly Commit[]): Promise<readonly number[]> => {
  const book = addressBook(commits);
  const found: number[] = [];
  const asked = new Set<string>();
  for (const address of new Set(commits.flatMap(coAuthors))) {
    const known = book.get(address);
    const [, id, login] = noReply.exec(address) ?? [];
    if (id !== undefined) found.push(Number(id));
    else if (known !== undefined) found.push(known);
    else if (login !== undefined) asked.add(login);
  }
  for (const login of [...asked].slice(0, mostAsked)) {
    const id = await accountOf(client, login);
    if (id !== undefined) found.push(id);
  }
  return found;
};

const perPage = 100;

const listed = async (
  client: Client,
  route: string,
  params: Readonly<Record<string, unknown>>,
  most: number,
): Promise<readonly Commit[]> => {
  const found: Commit[] = [];
  for (let page = 1; page * perPage <= most; page += 1) {
    const { data } = await client.get(route, { ...params, per_page: perPage, page });
    const list = z.union([z.array(commit), z.object({ commits: z.array(commit) })]).parse(data);
    const commits = 'commits' in list ? list.commits : list;
    found.push(...commits);
    if (commits.length < perPage) break;
  }
  return found;
};

/** GitHub lists at most 250 commits of a pull request; the rest is in the comparison of its head with its base. */
const listedOfPull = 250;
const mostCompared = 5_000;

/** Where the commits of a pull request are looked for. */
export interface CommitRange {
  readonly number: number;
  readonly base: string;
  readonly head: string;
}

/**
 * Numeric ids of everybody who had a hand in the commits. Addresses of co-authors count where they name an account, or
 * where another commit shows whose they are; trust is never gained by them, only lost. Throws GitHubFailure.
 */
export const contributorsOf = async (
  client: Client,
  repository: RepositoryRef,
  { number, base, head }: CommitRange,
): Promise<readonly number[]> => {
  const at = { owner: repository.owner, repo: repository.name };
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits';
  const first = await listed(client, route, { ...at, pull_number: number }, 3 * perPage);
  const rest =
    first.length < listedOfPull
      ? []
      : await listed(
          client,
          'GET /repos/{owner}/{repo}/compare/{basehead}',
          { ...at, basehead: `${base}...${head}` },
          mostCompared,
        );
  const commits = [...first, ...rest];
  const hands = commits.flatMap(({ author, committer }) => [author?.id, committer?.id]);
  const ids = [...hands, ...(await named(client, commits))];
  return [...new Set(ids)].filter((id): id is number => id !== undefined && id !== webFlow);
};
