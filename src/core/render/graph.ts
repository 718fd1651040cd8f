/** The stages as a Mermaid flowchart, in the subset that GitHub renders everywhere (platform §1.4). */
import { type ShownStatus, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { plainText } from './plain-text.ts';
import { statusSign } from './status-sign.ts';

const mostStages = 50;

// Dark text on a light fill: readable whatever GitHub puts behind it.
const styles: Readonly<Record<ShownStatus, string>> = {
  waiting: 'fill:#eaeef2,stroke:#6e7781,color:#1f2328',
  ready: 'fill:#b6e3ff,stroke:#0969da,color:#1f2328',
  'in-progress': 'fill:#fae17d,stroke:#9a6700,color:#1f2328',
  'in-review': 'fill:#ecd8ff,stroke:#8250df,color:#1f2328',
  blocked: 'fill:#ffcecb,stroke:#cf222e,color:#1f2328,stroke-width:3px',
  done: 'fill:#aceebb,stroke:#1a7f37,color:#1f2328',
  skipped: 'fill:#d0d7de,stroke:#57606a,color:#1f2328,stroke-dasharray:4 3',
  failed: 'fill:#ffaba8,stroke:#a40e26,color:#1f2328',
  cancelled: 'fill:#d0d7de,stroke:#57606a,color:#1f2328',
};

/** Letters, digits and a few marks pass; quotes, brackets, `#`, `%`, `;`, backticks and the like mean something to Mermaid. */
const labelText = (text: string): string =>
  plainText(text.replace(/[^\p{L}\p{M}\p{N} _.,:/()+'!?✓○▷◐◉■↷✗⊘-]/gu, ' '), 60);

const className = (status: ShownStatus): string => status.replace('-', '');

/** The flowchart's source without fences, or undefined for more than 50 stages, which nobody could read. */
export const graph = (epic: OpenedEpic): string | undefined => {
  if (epic.stages.length > mostStages) return undefined;
  const ids = new Map(epic.stages.map((stage, index) => [stage.definition.key, `s${index}`]));
  const nodes = epic.stages.map((stage, index) => {
    const status = shownStatus(stage);
    const label = `${labelText(stage.definition.key)} ${statusSign(status)}`;
    return `  s${index}["${label}"]:::${className(status)}`;
  });
  const arrows = epic.stages.flatMap((stage, index) =>
    stage.definition.dependsOn.flatMap((key) => {
      const from = ids.get(key);
      return from === undefined ? [] : [`  ${from} --> s${index}`];
    }),
  );
  const used = new Set(epic.stages.map(shownStatus));
  const classes = [...used].map((status) => `  classDef ${className(status)} ${styles[status]}`);
  return ['flowchart LR', ...nodes, ...arrows, ...classes].join('\n');
};
