/** Texts → verdicts: each file's problems, with the workflows held against the configuration among them. */
import type { Role } from '../core/workflow/definition.ts';
import { type FileKind, fileKind } from '../core/workflow/file-kind.ts';
import { extendsOrganization, layConfiguration } from '../core/workflow/lay-configuration.ts';
import { parseWorkflow } from '../core/workflow/parse.ts';
import type { Problem } from '../core/workflow/problem.ts';
import type { Source } from './read-sources.ts';

/** What was found out about one file. */
export interface Verdict {
  readonly file: string;
  readonly kind: FileKind;
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly source: string;
  /** One line about a file that is right. */
  readonly summary: string;
}

/** Files that count as something whatever they are called. */
export interface Named {
  /** The configuration whose roles workflows may use; without it the first gatehouse.yml. */
  readonly config?: string | undefined;
  /** The organisation's configuration, which others may extend. */
  readonly organization?: string | undefined;
}

/** Each file's verdict, in order. A configuration that extends the organisation's is held against that where it is named. */
export function examine(sources: readonly Source[], named: Named = {}): readonly Verdict[] {
  const isNamed = (file: string) => file === named.config || file === named.organization;
  const kinds = sources.map(({ file, text }) => (isNamed(file) ? 'configuration' : fileKind(text, file)));
  const beneath = sources.find(({ file }) => file === named.organization);
  const first =
    sources.find(({ file }, index) =>
      named.config === undefined
        ? kinds[index] === 'configuration' && file !== named.organization
        : file === named.config,
    ) ?? beneath;
  const laid = first === undefined ? undefined : layOver(first, beneath);
  return sources.map((source, index) =>
    kinds[index] === 'configuration'
      ? examineConfiguration(source, source === beneath ? undefined : beneath)
      : examineWorkflow(source, laid === undefined ? undefined : rolesOf(laid)),
  );
}

const asText = ({ file, text }: Source) => ({ path: file, text });

/** Without the organisation's file at hand, one that extends it is read alone: its roles are then not all there are. */
function layOver(own: Source, organization: Source | undefined) {
  const beneath = organization === undefined || organization === own ? null : asText(organization);
  const partial = beneath === null && extendsOrganization(own.text);
  const nothing = { path: 'organization', text: '' };
  return { partial, ...layConfiguration(asText(own), partial ? nothing : beneath) };
}

/** No roles configured, or none that can be read, or not all of them: then any role is accepted. */
function rolesOf(laid: ReturnType<typeof layOver>): readonly Role[] | undefined {
  if ('problems' in laid || laid.partial || laid.configuration.roles.length === 0) return undefined;
  return laid.configuration.roles.map(({ role }) => role);
}

const verdict = (source: Source, kind: FileKind, problems: readonly Problem[], summary: string): Verdict => ({
  file: source.file,
  kind,
  ok: problems.length === 0,
  problems,
  source: source.text,
  summary,
});

function examineConfiguration(source: Source, organization: Source | undefined): Verdict {
  const laid = layOver(source, organization);
  if ('problems' in laid) {
    // The organisation's own problems are listed with that file.
    const own = laid.in.path === source.file && !(laid.partial && laid.problems.every(isAboutRoles));
    return own
      ? verdict(source, 'configuration', laid.problems, '')
      : verdict(
          source,
          'configuration',
          [],
          `${source.file}: configuration; extends the organisation's, which --organization names`,
        );
  }
  const count = counted(laid.configuration.roles.length, 'role');
  const beneath = laid.partial ? "; extends the organisation's, which --organization names" : '';
  const summary = `${source.file}: configuration, ${count}${beneath}`;
  return verdict(source, 'configuration', laid.overruled, summary);
}

/** An override role may stand in the organisation's file, which is not at hand. */
const isAboutRoles = ({ code }: Problem): boolean => code === 'unknown-role';

function examineWorkflow(source: Source, roles: readonly Role[] | undefined): Verdict {
  const parsed = parseWorkflow(source.text, source.file, roles === undefined ? {} : { roles });
  if ('problems' in parsed) return verdict(source, 'workflow', parsed.problems, '');
  const { name, stages } = parsed.definition;
  const gates = stages.filter(({ gate }) => gate !== undefined).length;
  const summary = `${source.file}: ${name}, ${counted(stages.length, 'stage')}, ${counted(gates, 'gate')}`;
  return verdict(source, 'workflow', [], summary);
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
