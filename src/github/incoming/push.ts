/** `push`: only the paths matter, and only on the default branch, which is where rules live. */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const paths = z.array(z.string()).default([]);
const payload = z.object({
  ref: z.string(),
  after: z.string(),
  forced: z.boolean().nullish(),
  commits: z.array(z.object({ added: paths, modified: paths, removed: paths })).default([]),
});

const heads = 'refs/heads/';
/** GitHub lists no more of a push; and a branch set back to an older commit lists none at all. */
const mostCommits = 2_048;
const mostFiles = 3_000;

export const push: Reader = {
  event: 'push',
  actions: [],
  read: (body) => {
    const { ref, after, forced, commits } = payload.parse(body);
    if (!ref.startsWith(heads)) return undefined;
    const lists = commits.map((commit) => [...commit.added, ...commit.modified, ...commit.removed]);
    const whole =
      forced !== true &&
      commits.length > 0 &&
      commits.length < mostCommits &&
      lists.every((paths) => paths.length < mostFiles);
    return { kind: 'pushed', branch: ref.slice(heads.length), commit: after, paths: lists.flat(), whole };
  },
};
