/** New identities: database ids, opaque node ids that resolve back, and git object names. */
import { createHash } from 'node:crypto';
import type { Node, State } from './state.ts';

const PREFIX: Record<string, string> = {
  Account: 'U_kgDO',
  Repository: 'R_kgDO',
  Issue: 'I_kwDO',
  PullRequest: 'PR_kwDO',
  Comment: 'IC_kwDO',
  Label: 'LA_kwDO',
  CheckRun: 'CR_kwDO',
  Team: 'T_kwDO',
  Review: 'PRR_kwDO',
  Reaction: 'REA_lADO',
  Commit: 'C_kwDO',
  App: 'A_kwDO',
  Installation: 'MDIz',
};

/** The next database id, unique over all kinds; issue ids and numbers never meet. */
export function nextId(state: State): number {
  state.lastId += 1;
  return state.lastId;
}

/** An opaque node id for a kind and a database id (or a sha). */
export function nodeId(kind: string, id: number | string): string {
  return `${PREFIX[kind] ?? 'X_'}${Buffer.from(`${id}`).toString('base64url')}`;
}

/** Makes `node` findable by its node id. */
export function register(state: State, node: Node): void {
  state.nodes.set(node.it.nodeId, node);
}

/** The name git would give this blob. */
export function blobSha(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A 40-digit name made from parts, for trees and commits. */
export function objectSha(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.join('\0')).digest('hex');
}
