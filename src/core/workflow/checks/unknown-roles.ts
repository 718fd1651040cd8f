/** A role that gatehouse.yml does not know. */

import { approvalSchema, namesIn } from '../approval.ts';
import type { Draft, Named } from '../draft.ts';
import { names } from '../names.ts';
import { didYouMean, oneOf, quote } from '../quote.ts';
import { readTimeouts, timeoutsSchema } from '../timeouts.ts';
import type { Check } from './check.ts';

/** Every role a stage names, and where. */
const named = ({ role, approvers, fields, path }: Draft['stages'][number]): readonly Named[] => {
  const approval = approvalSchema.safeParse(fields['approval']).data;
  const required = approval?.require;
  const listed = (['veto', 'waivers'] as const).flatMap((field) =>
    (approval?.[field] ?? []).map((name, index) => ({ name, path: [...path, 'approval', field, index] })),
  );
  const tree = typeof required === 'object' && required !== null ? namesIn(required) : [];
  const timeouts = readTimeouts(timeoutsSchema.safeParse(fields['timeouts']).data);
  const told = [
    ['escalate_to', timeouts?.escalateTo],
    ['widen_to', timeouts?.widenTo],
  ] as const;
  return [
    ...(role === undefined ? [] : [role]),
    ...approvers,
    ...tree
      .filter((name) => !name.startsWith('@'))
      .map((name) => ({ name, path: [...path, 'approval', 'require'] })),
    ...listed,
    ...told.flatMap(([field, name]) =>
      name === undefined ? [] : [{ name, path: [...path, 'timeouts', field] }],
    ),
  ];
};

/** Where roles are configured, stages and gates use only those. */
export const unknownRoles: Check = function* ({ stages, roles }) {
  if (roles === undefined) return;
  for (const stage of stages) {
    for (const { name, path } of named(stage)) {
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
