/** The stages as a Mermaid flowchart, in the subset that renders everywhere (platform §1.4). */
import { type ShownStatus, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';

/** More nodes than this are no picture any more; the list says it better. */
const mostNodes = 50;

const symbols: Readonly<Record<ShownStatus, string>> = {
  waiting: '…',
  ready: '○',
  'in-progress': '▶',
  'in-review': '◎',
  done: '✓',
  skipped: '⤼',
  blocked: '✋',
  failed: '✗',
  cancelled: '✗',
};

// Mid-tone fills with their own text colour: readable on white and on black alike.
const classes = [
  'classDef waiting fill:#8c959f,stroke:#6e7781,color:#000000',
  'classDef ready fill:#54aeff,stroke:#0969da,color:#000000',
  'classDef working fill:#0969da,stroke:#54aeff,color:#ffffff',
  'classDef review fill:#d4a72c,stroke:#9a6700,color:#000000',
  'classDef done fill:#1a7f37,stroke:#2da44e,color:#ffffff',
  'classDef stuck fill:#cf222e,stroke:#ff8182,color:#ffffff',
];

const classOf: Readonly<Record<ShownStatus, string>> = {
  waiting: 'waiting',
  ready: 'ready',
  'in-progress': 'working',
  'in-review': 'review',
  done: 'done',
  skipped: 'done',
  blocked: 'stuck',
  failed: 'stuck',
  cancelled: 'stuck',
};

const safe = (text: string): string => text.replaceAll(/[^\w .:/-]/g, ' ');

/** A fenced Mermaid block; empty for a workflow too large to draw. */
export const graph = (epic: OpenedEpic): string => {
  const { stages } = epic;
  if (stages.length > mostNodes) return '';
  const index = new Map(stages.map((stage, at) => [stage.definition.key, `s${at}`]));
  const nodes = stages.map((stage, at) => {
    const status = shownStatus(stage);
    return `  s${at}["${symbols[status]} ${safe(stage.definition.key)} ${status}"]:::${classOf[status]}`;
  });
  const edges = stages.flatMap((stage, at) => stage.definition.dependsOn.map((key) => `  ${index.get(key)} --> s${at}`));
  return ['```mermaid', 'flowchart LR', ...nodes, ...edges, ...classes.map((line) => `  ${line}`), '```'].join('\n');
};
