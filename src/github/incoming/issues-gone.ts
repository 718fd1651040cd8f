/** `issues.deleted` and `issues.transferred`: an issue that is no longer where we knew it. */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor, issueSeen } from './seen.ts';

const payload = z.object({ issue: issueSeen, sender: actor });

export const issuesGone: Reader = {
  event: 'issues',
  actions: ['deleted', 'transferred'],
  read: (body, action) => {
    const { issue, sender } = payload.parse(body);
    return { kind: 'issue-gone', issue, how: action === 'deleted' ? 'deleted' : 'transferred', by: sender };
  },
};
