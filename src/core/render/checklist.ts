/** The checklist issue of an epic: one look says where it is and who is next (contract §2, choices §4.3). */
import type { Explanation } from '../epic/explanation.ts';
import { shownStatus } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { StageKey } from '../workflow/definition.ts';
import { bypassLines } from './bypass-text.ts';
import { missingParts } from './explanation-text.ts';
import { graph } from './graph.ts';
import { bodyOf, type IssuePicture } from './issue-picture.ts';
import { checklistLabels } from './labels.ts';
import { writeMarker } from './marker.ts';
import { neutral, titleText } from './neutral.ts';
import { progress } from './progress.ts';
import { reworkText } from './round-text.ts';
import { signalNotes } from './signal-notes.ts';
import { stageList } from './stage-list.ts';
import { unheldRoles, unheldRolesText } from './unheld-roles.ts';
import { stageName, waitingFor } from './waiting-for.ts';
import { workflowNotes } from './workflow-notes.ts';

const mostTitle = 256;
const mostOpenGraph = 12;

const titleOf = (epic: OpenedEpic): string => {
  const fixed = `[${titleText(epic.definition.name, 40)}] `;
  return fixed + titleText(epic.title, mostTitle - fixed.length);
};

const graphText = (epic: OpenedEpic): string => {
  const source = graph(epic);
  if (source === undefined) return '';
  const block = `\`\`\`mermaid\n${source}\n\`\`\``;
  return epic.stages.length <= mostOpenGraph
    ? block
    : `<details><summary>The stages as a graph</summary>\n\n${block}\n\n</details>`;
};

const warnings = (epic: OpenedEpic): string => {
  const roles = epic.status === 'running' || epic.status === 'paused' ? unheldRoles(epic) : [];
  const notes = (epic.rules.notes ?? []).slice(0, 10).map((note) => neutral(note));
  const lines = [...bypassLines(epic), ...notes, ...(roles.length === 0 ? [] : [unheldRolesText(roles)])];
  const warned = lines.length === 0 ? [] : [`> [!WARNING]\n> ${lines.join('\n>\n> ')}`];
  return [...signalNotes(epic), ...warned].join('\n\n');
};

const moving: ReadonlySet<string> = new Set(['ready', 'in-progress', 'in-review', 'blocked']);

const missing = (epic: OpenedEpic, explain: (key: StageKey) => Explanation): string => {
  if (epic.status !== 'running') return '';
  const lines = epic.stages
    .filter((stage) => moving.has(shownStatus(stage)))
    .slice(0, 10)
    .flatMap((stage) => {
      const [first] = missingParts(explain(stage.definition.key));
      if (first === undefined) return [];
      const next = first.next === undefined ? '' : ` **Next:** ${first.next}.`;
      return [`- ${stageName(stage)}: ${first.says}${next}`];
    });
  return lines.length === 0 ? '' : ['### What is missing', '', ...lines].join('\n');
};

const howTo = (epic: OpenedEpic): string => {
  const [first] = epic.stages;
  const example = first === undefined ? '/claim' : `/claim ${first.definition.key}`;
  return `### What to type\n\nComment on a stage's own issue, or here with the stage's name: \`${example}\`. \`/why\` says what a stage waits for, \`/status\` where the epic stands, \`/help\` lists every command. Ticking boxes here changes nothing.`;
};

/** Where the batch before this one is, and why there is another. */
const before = ({ former }: OpenedEpic): string => {
  const at = former?.checklist === undefined ? '' : `, after #${former.checklist.number}`;
  return former?.reason === undefined || former.reason === '' ? at : `${at}: ${neutral(former.reason)}`;
};

const stateOf = (epic: OpenedEpic): Pick<IssuePicture, 'state' | 'stateReason'> => {
  if (epic.status === 'done') return { state: 'closed', stateReason: 'completed' };
  if (epic.status === 'cancelled') return { state: 'closed', stateReason: 'not_planned' };
  return { state: 'open' };
};

/** The checklist issue as it should look now. `explain` gives each stage's explanation, `sign` the marker's signature. */
export const checklistIssue = (
  epic: OpenedEpic,
  explain: (key: StageKey) => Explanation,
  sign: (text: string) => string,
): IssuePicture => {
  const { subject, round } = epic;
  const marker = {
    repository: subject.repository.id,
    epic: String(subject.issue.id),
    round,
    object: 'checklist',
  };
  const body = bodyOf([
    { text: writeMarker(marker, sign) },
    { text: progress(epic) },
    // An emergency stop stands right beneath, as loud as can be.
    { text: epic.stop === undefined ? waitingFor(epic) : '' },
    { text: warnings(epic) },
    {
      text: `Workflow **${titleText(epic.definition.name, 40)}** for #${subject.issue.number}${round === 1 ? '' : `, round ${round}`}${before(epic)}`,
    },
    { text: reworkText(epic) },
    { text: stageList(epic), whole: true },
    { text: graphText(epic), spare: 1 },
    { text: missing(epic, explain), spare: 1 },
    { text: howTo(epic) },
    ...workflowNotes(epic.definition),
  ]);
  return {
    title: titleOf(epic),
    body,
    labels: checklistLabels(epic.priority?.level),
    assignees: [],
    ...stateOf(epic),
  };
};
