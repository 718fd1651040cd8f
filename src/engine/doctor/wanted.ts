/** What Gatehouse asks GitHub for: app.yml as the program knows it (a test holds the two together). */
import type { Granted } from '../../github/facts/app-permissions.ts';

/** Permissions and events, as few as do the work (threats §5). */
export const wanted: Granted = {
  permissions: {
    metadata: 'read',
    issues: 'write',
    pull_requests: 'write',
    checks: 'write',
    contents: 'read',
    members: 'read',
    merge_queues: 'read',
  },
  events: [
    'issues',
    'issue_comment',
    'pull_request',
    'pull_request_review',
    'check_run',
    'check_suite',
    'merge_group',
    'push',
    'membership',
    'member',
    'organization',
    'team',
    'repository',
  ],
};

/** Without these nothing is lost where no merge queue is used, and older servers do not know them. */
export const onlyForQueues = { permission: 'merge_queues', event: 'merge_group' } as const;

const rank = ['none', 'read', 'write', 'admin'];

/** What of the wanted is not granted, as people write it: `issues: write (is read)`. */
export const lacking = (granted: Granted): { readonly permissions: string[]; readonly events: string[] } => ({
  permissions: Object.entries(wanted.permissions)
    .filter(([name, level]) => rank.indexOf(granted.permissions[name] ?? 'none') < rank.indexOf(level))
    .map(([name, level]) => `${name}: ${level} (is ${granted.permissions[name] ?? 'not granted'})`),
  events: wanted.events.filter((event) => !granted.events.includes(event)),
});

/** What is granted beyond the wanted: a stolen key could use it. */
export const beyond = (granted: Granted): readonly string[] =>
  Object.entries(granted.permissions)
    .filter(([name, level]) => rank.indexOf(level) > rank.indexOf(wanted.permissions[name] ?? 'none'))
    .map(([name, level]) => `${name}: ${level}`);
