/** `pull_request.*`: opened, edited, pushed to, retargeted, readied, closed, reopened. The head in it is a hint (threats F17). */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor, pullSeen } from './seen.ts';

const payload = z.object({ pull_request: pullSeen, sender: actor, before: z.string().optional() });

export const pullRequestChanged: Reader = {
  event: 'pull_request',
  actions: [
    'opened',
    'edited',
    'synchronize',
    'reopened',
    'closed',
    'ready_for_review',
    'converted_to_draft',
  ],
  read: (body, action) => {
    const { pull_request, sender, before } = payload.parse(body);
    const pushed = before === undefined ? {} : { before };
    return { kind: 'pull-changed', pull: pull_request, action, by: sender, ...pushed };
  },
};
