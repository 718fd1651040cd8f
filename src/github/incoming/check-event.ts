/** The event's name is not covered by the signature: a body must look like the event it is said to be (threats T04). */
import { ZodError } from 'zod';

/** Keys that tell which event a body is of; a body has its own event's and nobody else's. */
const telling = (
  'alert answer blocked_user check_run check_suite comment deployment deployment_status discussion forkee hook issue ' +
  'key label member membership merge_group milestone package pages project project_card project_column ' +
  'projects_v2_item pull_request pusher ref_type release repositories_added repositories_removed review rule scope ' +
  'starred_at sub_issue team thread workflow_job workflow_run'
).split(' ');

interface Shape {
  readonly has: readonly string[];
  readonly mayHave?: readonly string[];
  readonly lacks?: readonly string[];
}

/** For every event that means something to us. */
const shapes: Readonly<Record<string, Shape>> = {
  issues: { has: ['issue'], mayHave: ['label', 'milestone'] },
  issue_comment: { has: ['issue', 'comment'] },
  pull_request: { has: ['pull_request'], mayHave: ['label', 'milestone'] },
  pull_request_review: { has: ['pull_request', 'review'] },
  check_run: { has: ['check_run'], mayHave: ['deployment'] },
  check_suite: { has: ['check_suite'] },
  merge_group: { has: ['merge_group'] },
  push: { has: ['ref', 'after', 'pusher'] },
  membership: { has: ['member', 'team'], mayHave: ['scope'] },
  member: { has: ['member', 'repository'] },
  organization: { has: ['organization'], mayHave: ['membership'] },
  team: { has: ['team'] },
  installation: { has: ['installation'], lacks: ['repository'] },
  installation_repositories: {
    has: ['installation', 'repositories_added', 'repositories_removed'],
    lacks: ['repository'],
  },
  repository: { has: ['repository'] },
};

const keysOf = (payload: unknown): ReadonlySet<string> =>
  new Set(typeof payload === 'object' && payload !== null ? Object.keys(payload) : []);

/** Throws a ZodError, as for any other wrong shape, where the body is of another event; events nobody reads pass. */
export const checkEvent = (event: string, payload: unknown): void => {
  const shape = shapes[event];
  if (shape === undefined) return;
  const { has, mayHave = [], lacks = [] } = shape;
  const keys = keysOf(payload);
  const missing = has.filter((key) => !keys.has(key));
  const foreign = [...telling, ...lacks].filter(
    (key) => keys.has(key) && ![...has, ...mayHave].includes(key),
  );
  if (missing.length + foreign.length === 0) return;
  const message = `the body is none of ${event}: missing ${missing.join() || 'nothing'}, foreign ${foreign.join() || 'nothing'}`;
  throw new ZodError([{ code: 'custom', path: [], message, input: undefined }]);
};
