/** `check_run.rerequested` and `check_suite.rerequested`: judge again, change nothing else (threats T67). */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const run = z.object({ check_run: z.object({ head_sha: z.string() }) });
const suite = z.object({ check_suite: z.object({ head_sha: z.string() }) });

export const checkRunRerequested: Reader = {
  event: 'check_run',
  actions: ['rerequested'],
  read: (body) => ({ kind: 'check-asked', headSha: run.parse(body).check_run.head_sha }),
};

export const checkSuiteRerequested: Reader = {
  event: 'check_suite',
  actions: ['rerequested'],
  read: (body) => ({ kind: 'check-asked', headSha: suite.parse(body).check_suite.head_sha }),
};
