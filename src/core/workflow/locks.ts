/** `locked:` of an organisation's gatehouse.yml: what its repositories may not set otherwise. */
import type { Content } from './configuration.ts';
import { configurationSchema } from './configuration-schema.ts';
import type { Finding } from './finding.ts';
import { didYouMean, quote } from './quote.ts';

/** `policy`, `roles` and `workflows`, each whole or by one of its names. */
export type Lockable = 'policy' | 'roles' | 'workflows';

const policyKeys = Object.keys(configurationSchema.shape.policy.unwrap().unwrap().shape);

/** True where `locked` names it, alone or with all of its kind. */
export function isLocked(locked: readonly string[], kind: Lockable, name: string): boolean {
  return locked.includes(kind) || locked.includes(`${kind}.${name}`);
}

/** A lock on nothing would only seem to hold; and locks in a file that extends another are not the organisation's. */
export function lockFindings({ locked, roles, extends: over }: Content): readonly Finding[] {
  const given = locked ?? [];
  if (over != null && given.length > 0) {
    const message = "locks are the organisation's: this file goes by another one";
    const hint = "put them into the owner's `.github` repository";
    return [{ code: 'bad-value', message, hint, path: ['locked'], on: 'key' }];
  }
  const known = [
    ...['policy', 'roles', 'workflows'],
    ...policyKeys.map((key) => `policy.${key}`),
    ...Object.keys(roles ?? {}).map((role) => `roles.${role}`),
  ];
  return given.flatMap((name, index): readonly Finding[] => {
    if (known.includes(name) || /^workflows\.[a-z0-9_-]{1,40}$/.test(name)) return [];
    const bare = policyKeys.includes(name) ? { hint: `did you mean \`policy.${name}\`?` } : undefined;
    const otherwise = 'write `policy.<key>`, `roles.<ROLE>` with a role of this file, or `workflows.<name>`';
    return [
      {
        code: 'bad-value',
        message: `${quote(name)} is nothing that can be locked`,
        ...(bare ?? didYouMean(name, known, otherwise)),
        path: ['locked', index],
        on: 'value',
      },
    ];
  });
}
