/** `issues.unlabeled`: taking a workflow's label off cancels nothing; taking one of ours off is repaired. */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor, issueSeen } from './seen.ts';

const payload = z.object({ issue: issueSeen, label: z.object({ name: z.string() }), sender: actor });

export const issuesUnlabeled: Reader = {
  event: 'issues',
  actions: ['unlabeled'],
  read: (body) => {
    const { issue, label, sender } = payload.parse(body);
    return { kind: 'unlabelled', issue, label: label.name, by: sender };
  },
};
