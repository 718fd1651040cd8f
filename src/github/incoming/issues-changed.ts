/** `issues.edited`, `.closed`, `.reopened`, `.assigned`, `.unassigned`: what people change on issues we paint or watch. */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor, issueSeen } from './seen.ts';

const payload = z.object({ issue: issueSeen, sender: actor });

const meanings = {
  edited: 'edited',
  closed: 'closed',
  reopened: 'reopened',
  assigned: 'reassigned',
  unassigned: 'reassigned',
} as const;

const isMeaning = (action: string): action is keyof typeof meanings => Object.hasOwn(meanings, action);

export const issuesChanged: Reader = {
  event: 'issues',
  actions: Object.keys(meanings),
  read: (body, action) => {
    const { issue, sender } = payload.parse(body);
    return isMeaning(action)
      ? { kind: 'issue-changed', issue, how: meanings[action], by: sender }
      : undefined;
  },
};
