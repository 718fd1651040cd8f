/** Promising words: a reply that is said once, a reaction on a comment. */
import type { RepositoryRef } from '../core/epic/subject.ts';
import type { SayOnce } from '../ledger/outbox.ts';

/** What a `say` promise carries. */
export interface Saying {
  readonly repository: RepositoryRef;
  readonly number: number;
  readonly nodeId: string;
  readonly text: string;
}

/** What a `react` promise carries. */
export interface Reacting {
  readonly repository: RepositoryRef;
  readonly commentId: number;
  readonly nodeId: string;
  readonly content: '+1' | 'confused';
}

/** A comment, said once under this name in its lane. */
export const say = (lane: string, name: string, saying: Saying): SayOnce => ({
  once: true,
  lane,
  key: `say:${name}`,
  kind: 'say',
  payload: saying,
  priority: 3,
});

/** A reaction, once per comment and kind. */
export const react = (lane: string, reacting: Reacting): SayOnce => ({
  once: true,
  lane,
  key: `react:${reacting.commentId}:${reacting.content}`,
  kind: 'react',
  payload: reacting,
  priority: 2,
});
