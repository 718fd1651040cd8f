/** The cast: people who act on the stand-in as people do, each act causing the webhooks GitHub would send. */
import { personActor, tokenOf } from './github/asker.ts';
import type { Actor, Hub } from './github/hub.ts';
import { type AdminVerbs, adminVerbs } from './github/people/admin.ts';
import { type IssueVerbs, issueVerbs } from './github/people/issues.ts';
import { type PullVerbs, pullVerbs } from './github/people/pulls.ts';
import type { Account } from './github/state.ts';

/** Every verb throws `Refused` (with GitHub's status) when the person may not; only `merges` answers instead. */
export type Person = IssueVerbs &
  PullVerbs &
  AdminVerbs & { user: Account; actor: Actor; readonly login: string; token: string };

/** The verbs of one account; they live in the state, so the same person may be made twice. */
export function makePerson(hub: Hub, user: Account): Person {
  const actor = personActor(user);
  return {
    ...issueVerbs(hub, actor),
    ...pullVerbs(hub, actor),
    ...adminVerbs(hub, actor),
    user,
    actor,
    get login() {
      return user.login;
    },
    token: tokenOf(user),
  };
}
