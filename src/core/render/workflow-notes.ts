/** What a workflow says about itself, as the lower part of the checklist: shown, never decisive (D-12 to D-19). */
import { stringify } from 'yaml';
import type { Json, WorkflowDefinition } from '../workflow/definition.ts';
import type { Section } from './issue-picture.ts';
import { neutral } from './neutral.ts';
import { inert, plainText } from './plain-text.ts';

const mostItems = 30;

const items = (title: string, lines: readonly string[], mark = '-'): string => {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, mostItems).map((line) => `${mark} ${neutral(line, { max: 300 })}`);
  const left = lines.length - shown.length;
  return [`### ${title}`, '', ...shown, ...(left === 0 ? [] : [`- … and ${left} more`])].join('\n');
};

const priorities = (definition: WorkflowDefinition): string => {
  const { priorityLevels } = definition.metadata;
  if (priorityLevels.length === 0) return '';
  const lines = priorityLevels.slice(0, mostItems).map(({ level, policy }) => {
    return `- **${neutral(level, { max: 40 })}**: ${neutral(policy, { max: 300 })}`;
  });
  return ['### Priorities', '', ...lines].join('\n');
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Inside an HTML block nothing is Markdown: a backslash would be seen. */
const inHtml = (name: string): string =>
  inert(plainText(name, 80)).replace(/[&<>]/g, (found) => entities[found] ?? '');

const extraBlock = ({ name, value }: { readonly name: string; readonly value: Json }): string => {
  const text = inert(stringify(value, { lineWidth: 100 }))
    .replace(/[^\P{C}\n\u200B-\u200D]/gu, '')
    .trimEnd();
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `<details><summary>${inHtml(name)}</summary>\n\n${fence}yaml\n${text}\n${fence}\n\n</details>`;
};

/** The sections of the checklist below its stages; extra blocks are the first to be left out where space is short. */
export const workflowNotes = (definition: WorkflowDefinition): readonly Section[] => {
  const { metadata } = definition;
  const about = [
    definition.description === '' ? '' : neutral(definition.description, { max: 1_000 }),
    metadata.context === undefined ? '' : `**Context:** ${neutral(metadata.context, { max: 1_000 })}`,
    metadata.typicalDuration === undefined
      ? ''
      : `**Usually takes:** ${neutral(metadata.typicalDuration, { max: 100 })}`,
  ].filter((text) => text !== '');
  return [
    { text: about.length === 0 ? '' : ['### About this workflow', ...about].join('\n\n'), spare: 2 },
    { text: items('Success criteria', metadata.successCriteria, '- [ ]'), spare: 3 },
    { text: priorities(definition), spare: 4 },
    { text: items('Critical path', metadata.criticalPath, '1.'), spare: 5 },
    { text: items('Known risks', metadata.failureModes), spare: 6 },
    { text: items('Participants', metadata.participants), spare: 7 },
    ...metadata.extra
      .slice(0, mostItems)
      .map((block, index) => ({ text: extraBlock(block), spare: 8 + index })),
  ];
};
