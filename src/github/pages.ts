/** Reads a list to its end, page by page, by the `Link` header alone. */
import type { Client, Params } from './client.ts';

const nextLink = /<([^>]+)>;\s*rel="next"/;

/** The query of the next page's address; only the query, so that a proxy's host name in it does no harm. */
const nextQuery = (link: unknown): Params | null => {
  const address = nextLink.exec(String(link ?? ''))?.[1];
  return address === undefined
    ? null
    : Object.fromEntries(new URL(address, 'https://github.com').searchParams);
};

/** Route of a list and its parameters → each page's `data`. Throws GitHubFailure. */
export async function* pages(client: Client, route: string, params: Params): AsyncGenerator<unknown> {
  let query: Params | null = { per_page: 100 };
  while (query !== null) {
    const answer = await client.get(route, { ...params, ...query });
    yield answer.data;
    query = nextQuery(answer.headers['link']);
  }
}
