/** How one kind of write is put to GitHub, both ways; each kind is a record of this shape in a file of its own. */
import type { Params } from '../client.ts';
import type { GitHubFailure } from '../failure.ts';
import type { Feature } from '../features.ts';
import type { KnownIds } from './ids.ts';
import type { Result, Write, WriteOf } from './write.ts';

interface RestCall {
  readonly route: string;
  readonly params: Params;
  /** Throws when the answer has not the shape it should have. */
  readonly read: (data: unknown) => Result;
}

interface Mutation {
  readonly name: string;
  readonly input: Params;
  readonly selection: string;
  readonly read: (data: unknown) => Result;
}

/** A feature that a server may lack, and two reads that tell its 404 from that of a missing issue. */
interface Needs {
  readonly feature: Feature;
  readonly endpoint: string;
  readonly issue: string;
  readonly params: Params;
}

/** One kind of write, as a record. */
export interface Form<K extends Write['kind']> {
  readonly kind: K;
  readonly priority: number;
  /** True when an unknown outcome may have left an object behind that must be looked for before trying again. */
  readonly creates: (write: WriteOf<K>) => boolean;
  /** Null: REST has no such thing. */
  readonly rest: (write: WriteOf<K>) => RestCall | null;
  /** Null: GraphQL has no such thing, or an id that it needs is not known. */
  readonly graphql: (write: WriteOf<K>, ids: KnownIds) => Mutation | null;
  readonly needs?: (write: WriteOf<K>) => Needs;
  /** What it comes to where there is no such thing. */
  readonly skipped?: Result;
  /** A refusal that means: it is so already. */
  readonly alreadyDone?: (write: WriteOf<K>, failure: GitHubFailure) => Result | null;
  /** A refusal that can be helped → the write to try instead (threats F28). */
  readonly repaired?: (write: WriteOf<K>, failure: GitHubFailure) => WriteOf<K> | null;
}

/** A write with its form applied: what send.ts works with, whatever the kind. */
export interface Prepared {
  readonly key: string;
  readonly priority: number;
  readonly creates: boolean;
  readonly rest: RestCall | null;
  readonly graphql: (ids: KnownIds) => Mutation | null;
  readonly needs: Needs | null;
  readonly skipped: Result | null;
  readonly alreadyDone: (failure: GitHubFailure) => Result | null;
  readonly repaired: (failure: GitHubFailure) => Prepared | null;
}

/** Form and write → Prepared. */
export const apply = <K extends Write['kind']>(form: Form<K>, write: WriteOf<K>): Prepared => ({
  key: write.key,
  priority: form.priority,
  creates: form.creates(write),
  rest: form.rest(write),
  graphql: (ids) => form.graphql(write, ids),
  needs: form.needs?.(write) ?? null,
  skipped: form.skipped ?? null,
  alreadyDone: (failure) => form.alreadyDone?.(write, failure) ?? null,
  repaired: (failure) => {
    const other = form.repaired?.(write, failure) ?? null;
    return other === null ? null : apply(form, other);
  },
});
