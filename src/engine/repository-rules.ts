/** The rules a repository has now: read from its default branch, parsed once per commit, never from a pull request (threats T34). */
import type { Agent } from '../core/epic/agents.ts';
import type { Rules } from '../core/epic/policy.ts';
import type { BrokenFile } from '../core/render/reply.ts';
import type { AgentEntry } from '../core/workflow/agents.ts';
import { type Configuration, emptyConfiguration } from '../core/workflow/configuration.ts';
import {
  extendsOrganization,
  type LaidConfiguration,
  layConfiguration,
} from '../core/workflow/lay-configuration.ts';
import {
  type FileRead,
  headCommit,
  type RepositoryFiles,
  readRepositoryFiles,
} from '../github/facts/repository-files.ts';
import { type KnownConfiguration, readConfiguration, saveConfiguration } from '../ledger/configurations.ts';
import type { Connection } from '../ledger/database.ts';
import { agentsNow } from './agents-now.ts';
import type { WorkflowFile } from './engine.ts';
import { readWorkflows } from './repository-workflows.ts';
import type { Site } from './site.ts';
import { unreadableFile } from './unreadable-file.ts';

/** Everything the default branch says, as read at one commit. */
export interface RepositoryRules {
  readonly commit: string | null;
  readonly configuration: Configuration;
  /** gatehouse.yml, where it cannot be read; then nothing may be decided by it. */
  readonly broken: BrokenFile | null;
  /** It as it would be written, nothing filled in. */
  readonly said: LaidConfiguration['said'];
  /** Where each value comes from that some file gives. */
  readonly origins: LaidConfiguration['origins'];
  /** What the organisation locked. */
  readonly locked: readonly string[];
  readonly workflows: readonly WorkflowFile[];
  readonly brokenWorkflows: readonly BrokenFile[];
}

/** The organisation's file, by the place where one finds it. */
const theirs = (owner: string, file: FileRead | null): FileRead | null =>
  file === null ? null : { ...file, path: `${owner}/.github/${file.path}` };

const unreadableOf = (files: readonly (FileRead | null)[]): BrokenFile | null => {
  for (const file of files) {
    const problem = file === null ? undefined : unreadableFile(file);
    if (file !== null && problem !== undefined)
      return { path: file.path, source: file.text, problems: [problem] };
  }
  return null;
};

/** What files say, whose repository is `owner`'s. Never throws: what is wrong is in the answer. */
export const rulesIn = (owner: string, files: RepositoryFiles): RepositoryRules => {
  const { commit, own, workflows } = files;
  const organization = theirs(owner, files.organization);
  const unreadable = unreadableOf([own, organization]);
  const laid = layConfiguration(own, organization);
  if (unreadable !== null || 'problems' in laid) {
    const broken =
      unreadable ??
      ('problems' in laid ? { path: laid.in.path, source: laid.in.text, problems: laid.problems } : null);
    const nothing = { configuration: emptyConfiguration, said: {}, origins: {}, locked: [] };
    return { commit, broken, ...nothing, ...readWorkflows(workflows, [], []) };
  }
  const { configuration, said, origins, locked } = laid;
  const roles = configuration.roles.map((entry) => entry.role);
  const read = readWorkflows(workflows, roles, locked);
  return { commit, broken: null, configuration, said, origins, locked, ...read };
};

/** Parsed rules by repository and commit: parsing costs milliseconds, and the same commit is asked about all day. */
const parsed = new Map<string, RepositoryRules>();
const mostParsed = 500;

const remember = (key: string, rules: RepositoryRules): RepositoryRules => {
  const oldest = parsed.keys().next().value;
  if (parsed.size >= mostParsed && oldest !== undefined) parsed.delete(oldest);
  parsed.set(key, rules);
  return rules;
};

/** Under which name the configuration is kept: by where it came from. */
const keys = { own: 'configuration', organization: "owner's configuration" } as const;

/** Rows written before paths were kept with them. */
const configurationPath = '.github/gatehouse.yml';

const rowOf = (repositoryId: number, files: RepositoryFiles): KnownConfiguration => ({
  repositoryId,
  source: 'repository',
  commit: files.commit,
  etag: null,
  files: Object.fromEntries([
    ...(files.own === null ? [] : [[keys.own, files.own]]),
    ...(files.organization === null ? [] : [[keys.organization, files.organization]]),
    ...files.workflows.map((file) => [file.path, file]),
  ]),
  readAt: new Date(),
});

/** The files of a row, as they were read. */
export const filesOf = (row: KnownConfiguration): RepositoryFiles => {
  const named = (name: string): FileRead | null => {
    const file = row.files[name];
    return file === undefined ? null : { path: configurationPath, ...file };
  };
  return {
    commit: row.commit,
    own: named(keys.own),
    organization: named(keys.organization),
    workflows: Object.entries(row.files)
      .filter(([name]) => name !== keys.own && name !== keys.organization)
      .map(([path, file]) => ({ ...file, path })),
  };
};

/** The organisation's file has a commit of its own: what goes by it is another thing when that changes. */
const keyOf = (site: Site, { commit, organization }: RepositoryFiles): string =>
  `${site.known.id}@${commit}@${organization?.sha ?? ''}`;

const readFresh = async (on: Connection, site: Site, commit: string | null): Promise<RepositoryRules> => {
  const files = await readRepositoryFiles(site.client, site.ref, commit);
  await saveConfiguration(on, rowOf(site.known.id, files));
  const rules = rulesIn(site.ref.owner, files);
  return agentsNow(on, site, commit === null ? rules : remember(keyOf(site, files), rules));
};

const kept = (on: Connection, site: Site, row: KnownConfiguration): Promise<RepositoryRules> => {
  const files = filesOf(row);
  const key = keyOf(site, files);
  return agentsNow(on, site, parsed.get(key) ?? remember(key, rulesIn(site.ref.owner, files)));
};

/**
 * The rules as they are on GitHub at this moment: one request when nothing changed.
 * What is taken from the owner's `.github` repository has no commit of this one, so it is read anew.
 */
export const rulesNow = async (on: Connection, site: Site): Promise<RepositoryRules> => {
  const commit = await headCommit(site.client, site.ref, site.known.defaultBranch);
  const row = await readConfiguration(on, site.known.id, 'repository');
  const own = row?.files[keys.own];
  const same = commit !== null && row?.commit === commit && own !== undefined;
  return same && !extendsOrganization(own.text) ? kept(on, site, row) : readFresh(on, site, commit);
};

/** The rules as last read, or read now where they never were: for what a stale answer cannot harm. */
export const rulesKnown = async (on: Connection, site: Site): Promise<RepositoryRules> => {
  const row = await readConfiguration(on, site.known.id, 'repository');
  if (row !== undefined) return kept(on, site, row);
  return readFresh(on, site, await headCommit(site.client, site.ref, site.known.defaultBranch));
};

/** Nobody is an agent whose account GitHub does not know; a principal who is nobody answers for nothing. */
const agentOf = ({ id, login, principal, principalId }: AgentEntry): readonly Agent[] => {
  if (id === undefined) return [];
  const answers = principal !== undefined && principalId !== undefined;
  return [{ id, login, ...(answers ? { principal: { id: principalId, login: principal } } : {}) }];
};

/** A configuration as decisions and pages carry it. */
export const rulesOf = (configuration: Configuration): Rules => ({
  policy: configuration.policy,
  ...(configuration.delegations !== undefined && { delegations: configuration.delegations }),
  roles: configuration.roles.map(({ role, members }) => ({
    role,
    names: members.map((member) => (member.kind === 'user' ? member.login : `@${member.org}/${member.slug}`)),
  })),
  ...(configuration.agents === undefined ? {} : { agents: configuration.agents.flatMap(agentOf) }),
  ...(configuration.notes === undefined ? {} : { notes: configuration.notes }),
});
