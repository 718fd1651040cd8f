/** Whoever skips a stage lets pass what was in front of it, not what comes afterwards (threats T35). */
import { carriesTo } from './moved-head.ts';
import type { OpenedEpic, Pull } from './state.ts';

/** True where the pull request is still what it was when its stage was skipped: linked then, and nothing in it is new. */
export const isExcused = (epic: OpenedEpic, pull: Pull): boolean =>
  pull.excused !== undefined && (!epic.rules.policy.staleOnPush || carriesTo(pull, pull.excused));
