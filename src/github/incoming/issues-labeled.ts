/** `issues.labeled`: the label that may start a workflow. */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor, issueSeen } from './seen.ts';

const payload = z.object({ issue: issueSeen, label: z.object({ name: z.string() }), sender: actor });

export const issuesLabeled: Reader = {
  event: 'issues',
  actions: ['labeled'],
  read: (body) => {
    const { issue, label, sender } = payload.parse(body);
    return { kind: 'labelled', issue, label: label.name, by: sender };
  },
};
