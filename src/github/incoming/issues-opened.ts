/** `issues.opened`: an issue that was born with a workflow's label, as issue forms make them. */
import { z } from 'zod';
import { workflowLabel } from '../workflow-label.ts';
import type { Reader } from './reader.ts';
import { actor, issueSeen } from './seen.ts';

const payload = z.object({ issue: issueSeen, sender: actor });

export const issuesOpened: Reader = {
  event: 'issues',
  actions: ['opened'],
  read: (body) => {
    const { issue, sender } = payload.parse(body);
    const label = issue.labels.find((name) => workflowLabel(name) !== undefined);
    return label === undefined ? undefined : { kind: 'labelled', issue, label, by: sender };
  },
};
