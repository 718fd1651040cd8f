/** The rules a repository has now: read from its default branch, parsed once per commit, never from a pull request (threats T34). */
import type { Agent } from '../core/epic/agents.ts';
import type { Rules } from '../core/epic/policy.ts';
import type { AgentEntry } from '../core/workflow/agents.ts';
import {
  type Configuration,
  emptyConfiguration,
  parseConfiguration,
} from '../core/workflow/configuration.ts';
import type { WorkflowDefinition } from '../core/workflow/definition.ts';
import { parseWorkflow } from '../core/workflow/parse.ts';
import type { Problem } from '../core/workflow/problem.ts';
import {
  type FileRead,
  headCommit,
  type RepositoryFiles,
  readRepositoryFiles,
} from '../github/facts/repository-files.ts';
import { type KnownConfiguration, readConfiguration, saveConfiguration } from '../ledger/configurations.ts';
import type { Connection } from '../ledger/database.ts';
import { agentsNow } from './agents-now.ts';
import type { Site } from './site.ts';

/** A broken file, with what is wrong and the text it is wrong in. */
export interface BrokenFile {
  readonly path: string;
  readonly source: string;
  readonly problems: readonly Problem[];
}

/** A workflow of the repository's own. */
export interface OwnWorkflow {
  readonly path: string;
  readonly definition: WorkflowDefinition;
}

/** Everything the default branch says, as read at one commit. */
export interface RepositoryRules {
  readonly commit: string | null;
  readonly configuration: Configuration;
  /** gatehouse.yml, where it cannot be read; then nothing may be decided by it. */
  readonly broken: BrokenFile | null;
  readonly workflows: readonly OwnWorkflow[];
  readonly brokenWorkflows: readonly BrokenFile[];
}

const parsedOf = (files: RepositoryFiles): RepositoryRules => {
  const { commit, configuration: file } = files;
  const read =
    file === null ? { configuration: emptyConfiguration } : parseConfiguration(file.text, file.path);
  const configuration = 'configuration' in read ? read.configuration : emptyConfiguration;
  const broken =
    'problems' in read && file !== null
      ? { path: file.path, source: file.text, problems: read.problems }
      : null;
  const roles = configuration.roles.map((entry) => entry.role);
  const workflows: OwnWorkflow[] = [];
  const brokenWorkflows: BrokenFile[] = [];
  for (const own of files.workflows) {
    const parsed = parseWorkflow(own.text, own.path, roles.length === 0 ? {} : { roles });
    if ('definition' in parsed) workflows.push({ path: own.path, definition: parsed.definition });
    else brokenWorkflows.push({ path: own.path, source: own.text, problems: parsed.problems });
  }
  return { commit, configuration, broken, workflows, brokenWorkflows };
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
const keys = { repository: 'configuration', owner: "owner's configuration" } as const;

const rowOf = (repositoryId: number, files: RepositoryFiles): KnownConfiguration => ({
  repositoryId,
  source: 'repository',
  commit: files.commit,
  etag: null,
  files: Object.fromEntries([
    ...(files.configuration === null ? [] : [[keys[files.configurationFrom], files.configuration]]),
    ...files.workflows.map((file) => [file.path, { text: file.text, sha: file.sha }]),
  ]),
  readAt: new Date(),
});

const filesOf = (row: KnownConfiguration): RepositoryFiles => {
  const read: FileRead[] = Object.entries(row.files).map(([path, file]) => ({ ...file, path }));
  const own = read.find((file) => file.path === keys.repository);
  const inherited = read.find((file) => file.path === keys.owner);
  const file = own ?? inherited;
  return {
    commit: row.commit,
    configuration: file === undefined ? null : { ...file, path: '.github/gatehouse.yml' },
    configurationFrom: inherited === undefined ? 'repository' : 'owner',
    workflows: read.filter((one) => one !== file),
  };
};

const readFresh = async (on: Connection, site: Site, commit: string | null): Promise<RepositoryRules> => {
  const files = await readRepositoryFiles(site.client, site.ref, commit);
  await saveConfiguration(on, rowOf(site.known.id, files));
  const rules = parsedOf(files);
  return agentsNow(on, site, commit === null ? rules : remember(`${site.known.id}@${commit}`, rules));
};

/**
 * The rules as they are on GitHub at this moment: one request when nothing changed.
 * Rules inherited from the owner's `.github` repository have no commit of this one, so they are read anew.
 */
export const rulesNow = async (on: Connection, site: Site): Promise<RepositoryRules> => {
  const commit = await headCommit(site.client, site.ref, site.known.defaultBranch);
  const row = await readConfiguration(on, site.known.id, 'repository');
  const same = commit !== null && row?.commit === commit && keys.repository in row.files;
  if (!same) return readFresh(on, site, commit);
  const known =
    parsed.get(`${site.known.id}@${commit}`) ??
    remember(`${site.known.id}@${commit}`, parsedOf(filesOf(row)));
  return agentsNow(on, site, known);
};

/** The rules as last read, or read now where they never were: for what a stale answer cannot harm. */
export const rulesKnown = async (on: Connection, site: Site): Promise<RepositoryRules> => {
  const row = await readConfiguration(on, site.known.id, 'repository');
  if (row !== undefined)
    return agentsNow(on, site, parsed.get(`${site.known.id}@${row.commit}`) ?? parsedOf(filesOf(row)));
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
});
