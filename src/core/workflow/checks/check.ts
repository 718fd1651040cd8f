/** One thing that can be wrong with a workflow whose fields may be wrong too. */
import type { Draft } from '../draft.ts';
import type { Finding } from '../finding.ts';

/** Looks at a draft and says what it finds, lazily: only the first hundred findings are ever asked for. */
export type Check = (draft: Draft) => Iterable<Finding>;
