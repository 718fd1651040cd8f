/** A role that gatehouse.yml does not know. */

import { names } from '../names.ts';
import { didYouMean, oneOf, quote } from '../quote.ts';
import type { Check } from './check.ts';

/** Where roles are configured, stages and gates use only those. */
export const unknownRoles: Check = function* ({ stages, roles }) {
  if (roles === undefined) return;
  for (const { role, approvers } of stages) {
    for (const { name, path } of role === undefined ? approvers : [role, ...approvers]) {
      // A name of the wrong form is a problem of its own already.
      if (roles.includes(name) || !names.role.safeParse(name).success) continue;
      const hint = didYouMean(
        name,
        roles,
        roles.length === 0 ? 'no roles are configured' : `roles: ${oneOf(roles)}`,
      );
      yield {
        code: 'unknown-role',
        message: `nobody holds ${quote(name)}: gatehouse.yml has no such role`,
        ...hint,
        path,
        on: 'value',
      };
    }
  }
};
