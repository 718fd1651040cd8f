/** The rules of a repository as last read, key by key, and where each value comes from: for people who wonder why. */

import { isLocked } from '../core/workflow/locks.ts';
import type { Problem } from '../core/workflow/problem.ts';
import { settings } from '../core/workflow/settings.ts';
import { readConfiguration } from '../ledger/configurations.ts';
import type { Connection } from '../ledger/database.ts';
import { findRepositories } from '../ledger/repositories.ts';
import { filesOf, type RepositoryRules, rulesIn } from './repository-rules.ts';

/** One value and its origin. */
export interface EffectiveValue {
  readonly value: unknown;
  readonly from: 'default' | 'organization' | 'repository';
  readonly locked: boolean;
}

/** See `effectiveRules`. */
export interface EffectiveRules {
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string };
  readonly commit: string | null;
  readonly readAt: string;
  /** What is wrong with gatehouse.yml; while there is any of it, nothing is decided. */
  readonly problems: readonly Problem[];
  /** What a file says against a lock. */
  readonly overruled: readonly string[];
  readonly policy: Readonly<Record<string, EffectiveValue>>;
  readonly roles: Readonly<Record<string, EffectiveValue>>;
  readonly workflows: readonly { readonly name: string; readonly path: string }[];
  readonly brokenWorkflows: readonly { readonly path: string; readonly problems: readonly Problem[] }[];
}

const explained = (
  { origins, locked }: RepositoryRules,
  kind: 'policy' | 'roles',
  name: string,
  value: unknown,
): EffectiveValue => ({
  value,
  from: origins[`${kind}.${name}`] ?? 'default',
  locked: isLocked(locked, kind, name),
});

const policyOf = (rules: RepositoryRules): EffectiveRules['policy'] => {
  const said = new Map<string, unknown>(Object.entries(rules.said.policy ?? {}));
  const keys = settings.filter(({ key }) => /^policy\.[^.]+$/.test(key));
  return Object.fromEntries(
    keys.map(({ key, standard }) => {
      const name = key.slice('policy.'.length);
      return [name, explained(rules, 'policy', name, said.get(name) ?? standard ?? null)];
    }),
  );
};

/** Undefined for a repository nobody knows, or whose rules were never read. Asks GitHub nothing. */
export const effectiveRules = async (on: Connection, id: number): Promise<EffectiveRules | undefined> => {
  const [[repository], row] = await Promise.all([
    findRepositories(on, { id }),
    readConfiguration(on, id, 'repository'),
  ]);
  if (repository === undefined || row === undefined) return undefined;
  const rules = rulesIn(repository.owner, filesOf(row));
  return {
    repository: { id, owner: repository.owner, name: repository.name },
    commit: row.commit,
    readAt: row.readAt.toISOString(),
    problems: rules.broken?.problems ?? [],
    overruled: rules.configuration.notes ?? [],
    policy: policyOf(rules),
    roles: Object.fromEntries(
      Object.entries(rules.said.roles ?? {}).map(([role, names]) => [
        role,
        explained(rules, 'roles', role, names ?? []),
      ]),
    ),
    workflows: rules.workflows.map(({ path, definition }) => ({ name: definition.name, path })),
    brokenWorkflows: rules.brokenWorkflows.map(({ path, problems }) => ({ path, problems })),
  };
};
