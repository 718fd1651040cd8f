/** `merge_group.checks_requested` and `.destroyed`: a merge queue asks about several pull requests at once (contract §5). */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const payload = z.object({
  merge_group: z.object({
    head_sha: z.string(),
    base_sha: z.string().default(''),
    head_ref: z.string().default(''),
  }),
});

export const mergeGroup: Reader = {
  event: 'merge_group',
  actions: ['checks_requested', 'destroyed'],
  read: (body, action) => {
    const group = payload.parse(body).merge_group;
    if (action === 'destroyed') return { kind: 'group-destroyed', headSha: group.head_sha };
    return { kind: 'group-asked', headSha: group.head_sha, baseSha: group.base_sha, headRef: group.head_ref };
  },
};
