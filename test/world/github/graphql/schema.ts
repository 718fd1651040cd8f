/** How the stand-in's GraphQL types are written down: fields by type, each with what it takes and what it answers. */
import type { Actor, Features, Hub, Shape } from '../hub.ts';

export type Context = { hub: Hub; as: Actor };

/** `type` is a type's name, or null for a scalar; `args` and `input` say which names exist and which are required. */
export type Field = {
  type: string | null;
  args?: Record<string, boolean>;
  input?: Record<string, boolean>;
  feature?: keyof Features;
  read: (source: unknown, args: Shape, context: Context) => unknown;
};

export type Fields = Record<string, Field>;

/** An object behind an interface or union: which type it really is. */
export type Concrete = { concrete: string; it: unknown };

/** The fields of a type whose source is always an `S`. */
export function fields<S>(known: {
  [name: string]: Omit<Field, 'read'> & { read: (source: S, args: Shape, context: Context) => unknown };
}): Fields {
  return known as Fields;
}

/** A scalar read straight from the source. */
export function scalar<S>(read: (source: S, context: Context) => unknown): Omit<Field, 'read'> & {
  read: (source: S, args: Shape, context: Context) => unknown;
} {
  return { type: null, read: (source, _args, context) => read(source, context) };
}

export const PAGE: Record<string, boolean> = { first: false, last: false, after: false, before: false };

/** A field that pages over a list. */
export function paged<S>(
  type: string,
  list: (source: S, context: Context, args: Shape) => readonly unknown[],
  more: Record<string, boolean> = {},
) {
  const read = (source: S, args: Shape, context: Context) => slice(list(source, context, args), args);
  return { type: `${type}Connection`, args: { ...PAGE, ...more }, read };
}

type Slice = { nodes: readonly unknown[]; total: number; from: number };

function slice(all: readonly unknown[], args: Shape): Slice {
  const first = typeof args['first'] === 'number' ? args['first'] : undefined;
  const last = typeof args['last'] === 'number' ? args['last'] : undefined;
  if (last !== undefined)
    return { nodes: all.slice(-last), total: all.length, from: Math.max(0, all.length - last) };
  const from =
    typeof args['after'] === 'string' ? Number(Buffer.from(args['after'], 'base64url').toString()) : 0;
  return { nodes: all.slice(from, from + (first ?? 100)), total: all.length, from };
}

function cursor(at: number): string {
  return Buffer.from(String(at)).toString('base64url');
}

/** The three types every connection is made of. */
export function connection(type: string): Record<string, Fields> {
  const edges = (it: Slice) => it.nodes.map((node, i) => ({ node, cursor: cursor(it.from + i + 1) }));
  return {
    [`${type}Connection`]: fields<Slice>({
      totalCount: scalar((it) => it.total),
      nodes: { type, read: (it) => it.nodes },
      edges: { type: `${type}Edge`, read: edges },
      pageInfo: { type: 'PageInfo', read: (it) => it },
    }),
    [`${type}Edge`]: fields<{ node: unknown; cursor: string }>({
      node: { type, read: (it) => it.node },
      cursor: scalar((it) => it.cursor),
    }),
  };
}

export const pageInfo: Record<string, Fields> = {
  PageInfo: fields<Slice>({
    hasNextPage: scalar((it) => it.from + it.nodes.length < it.total),
    hasPreviousPage: scalar((it) => it.from > 0),
    startCursor: scalar((it) => (it.nodes.length === 0 ? null : cursor(it.from + 1))),
    endCursor: scalar((it) => (it.nodes.length === 0 ? null : cursor(it.from + it.nodes.length))),
  }),
};
