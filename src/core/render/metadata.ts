/** What a workflow says about itself, for the foot of the checklist issue. */
import type { Json, WorkflowDefinition } from '../workflow/definition.ts';
import { cut } from './neutral.ts';

const longestBlock = 4_000;

const list = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : ['', `**${title}**`, '', ...items.map((item) => `- ${item}`)];

const shown = (value: Json): string => cut(JSON.stringify(value, null, 2), longestBlock).replaceAll('```', "'''");

const folded = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `<details><summary>${title}</summary>`, '', ...lines, '', '</details>'];

/** Duration, criteria, priorities, critical path, known risks and extra blocks; the last folded away. */
export const metadataText = ({ description, metadata }: WorkflowDefinition): readonly string[] => [
  ...(description === '' ? [] : ['', description]),
  ...(metadata.context === undefined ? [] : ['', metadata.context]),
  ...(metadata.typicalDuration === undefined ? [] : ['', `Usually takes ${metadata.typicalDuration}.`]),
  ...list('Success criteria', metadata.successCriteria),
  ...folded('More about this workflow', [
    ...list('Participants', metadata.participants),
    ...list('Priorities', metadata.priorityLevels.map(({ level, policy }) => `${level}: ${policy}`)),
    ...list('Critical path', metadata.criticalPath),
    ...list('What can go wrong', metadata.failureModes),
    ...metadata.extra.flatMap(({ name, value }) => ['', `**${name}**`, '', '```json', shown(value), '```']),
  ]),
];
