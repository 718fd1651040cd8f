/** One repository's rules out of two files: its own, and the organisation's beneath it or in its place (contract §2). */
import {
  type Configuration,
  type Content,
  configurationOf,
  emptyConfiguration,
  meaningFindings,
  readConfigurationFile,
  type WrittenConfiguration,
} from './configuration.ts';
import type { Finding } from './finding.ts';
import { standingWithin } from './locked-standing.ts';
import { isLocked } from './locks.ts';
import { type Problem, printPlace } from './problem.ts';
import { quote } from './quote.ts';

/** A file by the name that problems call it. */
export interface ConfigurationText {
  readonly path: string;
  readonly text: string;
}

/** Where a value comes from. */
export type Origin = 'default' | 'organization' | 'repository';

/** The rules that hold. */
export interface LaidConfiguration {
  readonly configuration: Configuration;
  /** The same as it would be written, nothing filled in. */
  readonly said: Pick<Content, 'roles' | 'policy'>;
  /** By `policy.<key>` as written in the file, and `roles.<ROLE>`. */
  readonly origins: Readonly<Record<string, Origin>>;
  readonly locked: readonly string[];
  /** What the repository's file says against a lock: the organisation's value holds. */
  readonly overruled: readonly Problem[];
}

type Laid = LaidConfiguration | { readonly problems: readonly Problem[]; readonly in: ConfigurationText };

type Policy = NonNullable<Content['policy']>;
type PolicyKey = keyof Policy;

const isKey = (key: string, policy: Policy): key is PolicyKey => Object.hasOwn(policy, key);

const saidIn = (content: Content): readonly string[] => [
  ...Object.entries(content.policy ?? {}).flatMap(([key, value]) => (value == null ? [] : [`policy.${key}`])),
  ...Object.keys(content.roles ?? {}).map((role) => `roles.${role}`),
];

const originsOf = (own: Content, organization: Content, holds: ReadonlySet<string>) => ({
  ...Object.fromEntries(saidIn(organization).map((name) => [name, 'organization' as const])),
  ...Object.fromEntries(
    saidIn(own)
      .filter((name) => !holds.has(name))
      .map((name) => [name, 'repository' as const]),
  ),
});

const finding = (kind: 'policy' | 'roles', name: string, holds: unknown): Finding => ({
  code: 'locked',
  message: `${quote(`${kind}.${name}`)} is locked by the organisation: ${quote(JSON.stringify(holds))} holds`,
  hint: 'take it out here; who keeps the `.github` repository may change it there',
  path: [kind, name],
  on: 'key',
});

const samePolicy = (one: Policy, other: Policy): boolean =>
  JSON.stringify(configurationOf({ policy: one })) === JSON.stringify(configurationOf({ policy: other }));

const sameHolders = (one: readonly string[] | null | undefined, other: typeof one): boolean =>
  JSON.stringify([...(one ?? [])].sort()) === JSON.stringify([...(other ?? [])].sort());

/** Locked keys that the repository's file sets otherwise. */
const against = (own: Content, organization: Content): readonly Finding[] => {
  const locked = organization.locked ?? [];
  const theirs = organization.policy ?? {};
  const policies = Object.entries(own.policy ?? {}).flatMap(([key, value]) => {
    if (value == null || !isLocked(locked, 'policy', key)) return [];
    const standing = isKey(key, theirs) ? { [key]: theirs[key] } : {};
    return samePolicy({ [key]: value }, standing)
      ? []
      : [finding('policy', key, Object.values(standing)[0] ?? 'the default')];
  });
  const roles = Object.entries(own.roles ?? {}).flatMap(([role, names]) => {
    const holders = organization.roles?.[role];
    if (!isLocked(locked, 'roles', role) || sameHolders(names, holders)) return [];
    return [finding('roles', role, holders ?? [])];
  });
  return [...policies, ...roles];
};

const unlocked = <T>(
  kind: 'policy' | 'roles',
  part: Readonly<Record<string, T>>,
  locked: readonly string[],
) =>
  Object.fromEntries(
    Object.entries(part).filter(([name, value]) => value != null && !isLocked(locked, kind, name)),
  );

const lay = (own: WrittenConfiguration, organization: Content): LaidConfiguration | readonly Finding[] => {
  const locked = organization.locked ?? [];
  const roles = { ...organization.roles, ...unlocked('roles', own.content.roles ?? {}, locked) };
  const standing = standingWithin(own.content, organization, Object.keys(roles));
  const merged: Content = {
    roles,
    policy: { ...organization.policy, ...unlocked('policy', own.content.policy ?? {}, locked) },
    agents: { ...organization.agents, ...standing.agents },
    delegations: [...(organization.delegations ?? []), ...standing.delegations],
  };
  const asWritten = [...(organization.delegations ?? []), ...(own.content.delegations ?? [])];
  const wrong = meaningFindings({ ...merged, delegations: asWritten });
  if (wrong.length > 0) return wrong;
  const overruled = [...against(own.content, organization), ...standing.overruled]
    .map(own.place)
    .sort((one, other) => one.line - other.line || one.column - other.column);
  const lockedNames = saidIn(own.content).filter((name) => {
    const [kind, ...rest] = name.split('.');
    return isLocked(locked, kind === 'roles' ? 'roles' : 'policy', rest.join('.'));
  });
  const notes = overruled.map((problem) => `${printPlace(problem)} ${problem.message}`);
  return {
    configuration: { ...configurationOf(merged), ...(notes.length === 0 ? {} : { notes }) },
    said: merged,
    origins: originsOf(own.content, organization, new Set(lockedNames)),
    locked,
    overruled,
  };
};

const alone = (content: Content, origin: Origin): LaidConfiguration => ({
  configuration: configurationOf(content),
  said: content,
  origins: Object.fromEntries(saidIn(content).map((name) => [name, origin])),
  locked: origin === 'organization' ? (content.locked ?? []) : [],
  overruled: [],
});

/** True where the file asks for the organisation's beneath it; what cannot be read asks for nothing. */
export const extendsOrganization = (text: string): boolean => {
  // Most files do not, and this is asked with every decision.
  if (!text.includes('extends')) return false;
  const read = readConfigurationFile(text, '');
  return !('problems' in read) && read.content.extends === 'organization';
};

/**
 * The rules of a repository. Without a file of its own the organisation's holds whole; its own without `extends` holds
 * alone; with `extends: organization` it is laid over the organisation's, but for what is locked there. Answers problems
 * where either file is wrong, or where there is nothing to extend: then nothing may be decided by them. Never throws.
 */
export const layConfiguration = (
  own: ConfigurationText | null,
  organization: ConfigurationText | null,
): Laid => {
  const theirs = organization === null ? null : readConfigurationFile(organization.text, organization.path);
  if (own === null) {
    if (theirs === null || organization === null)
      return { configuration: emptyConfiguration, said: {}, origins: {}, locked: [], overruled: [] };
    return 'problems' in theirs ? { ...theirs, in: organization } : alone(theirs.content, 'organization');
  }
  const mine = readConfigurationFile(own.text, own.path);
  if ('problems' in mine) return { ...mine, in: own };
  if (mine.content.extends == null) return alone(mine.content, 'repository');
  if (theirs === null || organization === null) {
    const message = "the owner's `.github` repository has no `.github/gatehouse.yml` that can be read";
    const hint = 'is Gatehouse installed there? Without `extends` this file holds alone';
    const missing: Finding = { code: 'no-organization', message, hint, path: ['extends'], on: 'value' };
    return { problems: [mine.place(missing)], in: own };
  }
  if ('problems' in theirs) return { ...theirs, in: organization };
  const laid = lay(mine, theirs.content);
  return 'configuration' in laid ? laid : { problems: laid.map(mine.place), in: own };
};
