/** `check_run.completed`: a check of anybody's has ended; approvals may wait for it. */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const payload = z.object({ check_run: z.object({ head_sha: z.string(), name: z.string() }) });

export const checkRunCompleted: Reader = {
  event: 'check_run',
  actions: ['completed'],
  read: (body) => {
    const { head_sha, name } = payload.parse(body).check_run;
    return name === 'gatehouse' ? undefined : { kind: 'check-ended', headSha: head_sha, name };
  },
};
