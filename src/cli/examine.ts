/** Texts → verdicts: each file's problems, with the workflows held against the configuration among them. */
import { parseConfiguration } from '../core/workflow/configuration.ts';
import type { Role } from '../core/workflow/definition.ts';
import { type FileKind, fileKind } from '../core/workflow/file-kind.ts';
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

/** `config` names the file that counts as the configuration whatever it is called; without it the first gatehouse.yml does. */
export function examine(sources: readonly Source[], config?: string): readonly Verdict[] {
  const kinds = sources.map(({ file, text }) => (file === config ? 'configuration' : fileKind(text, file)));
  const first = sources.find(({ file }, index) =>
    config === undefined ? kinds[index] === 'configuration' : file === config,
  );
  const roles = first === undefined ? undefined : rolesOf(first);
  return sources.map((source, index) =>
    kinds[index] === 'configuration' ? examineConfiguration(source) : examineWorkflow(source, roles),
  );
}

/** No roles configured, or none that can be read: then any role is accepted. */
function rolesOf({ file, text }: Source): readonly Role[] | undefined {
  const parsed = parseConfiguration(text, file);
  if ('problems' in parsed || parsed.configuration.roles.length === 0) return undefined;
  return parsed.configuration.roles.map(({ role }) => role);
}

const verdict = (source: Source, kind: FileKind, problems: readonly Problem[], summary: string): Verdict => ({
  file: source.file,
  kind,
  ok: problems.length === 0,
  problems,
  source: source.text,
  summary,
});

function examineConfiguration(source: Source): Verdict {
  const parsed = parseConfiguration(source.text, source.file);
  if ('problems' in parsed) return verdict(source, 'configuration', parsed.problems, '');
  const count = counted(parsed.configuration.roles.length, 'role');
  return verdict(source, 'configuration', [], `${source.file}: configuration, ${count}`);
}

function examineWorkflow(source: Source, roles: readonly Role[] | undefined): Verdict {
  const parsed = parseWorkflow(source.text, source.file, roles === undefined ? {} : { roles });
  if ('problems' in parsed) return verdict(source, 'workflow', parsed.problems, '');
  const { name, stages } = parsed.definition;
  const gates = stages.filter(({ gate }) => gate !== undefined).length;
  const summary = `${source.file}: ${name}, ${counted(stages.length, 'stage')}, ${counted(gates, 'gate')}`;
  return verdict(source, 'workflow', [], summary);
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
