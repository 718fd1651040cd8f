import type { Shape } from '../../hub.ts';
import { Refused } from '../../refusal.ts';
import type { Node } from '../../state.ts';
import { resolveNode } from '../queries.ts';
import type { Context } from '../schema.ts';

export type Kind = Node['type'];
export type Kinds = { [N in Node as N['type']]: N['it'] };

export function get<K extends Kind>(context: Context, kind: K, id: unknown): Kinds[K] {
  const node = resolveNode(context, id);
  if (node.type === kind) return node.it as Kinds[K];
  throw new Refused(404, `Could not resolve to ${kind} node with the global id of '${String(id)}'.`);
}

export function optional(input: Shape, key: string): string | undefined {
  const value = input[key];
  return typeof value === 'string' ? value : undefined;
}

export const needed = (input: Shape, key: string): string => optional(input, key) ?? '';
export const labelNames = (context: Context, ids: readonly string[]) =>
  ids.map((id) => get(context, 'Label', id).name);
export const logins = (context: Context, ids: readonly string[]) =>
  ids.map((id) => get(context, 'Account', id).login);
