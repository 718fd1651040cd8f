/** `push`: only the paths matter, and only on the default branch, which is where rules live. */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const paths = z.array(z.string()).default([]);
const payload = z.object({
  ref: z.string(),
  after: z.string(),
  commits: z.array(z.object({ added: paths, modified: paths, removed: paths })).default([]),
});

const heads = 'refs/heads/';

export const push: Reader = {
  event: 'push',
  actions: [],
  read: (body) => {
    const { ref, after, commits } = payload.parse(body);
    if (!ref.startsWith(heads)) return undefined;
    const touched = commits.flatMap((commit) => [...commit.added, ...commit.modified, ...commit.removed]);
    return { kind: 'pushed', branch: ref.slice(heads.length), commit: after, paths: touched };
  },
};
