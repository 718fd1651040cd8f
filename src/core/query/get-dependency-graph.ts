/** `getDependencyGraph` (Q-11): the stages and what depends on what, as data and as a drawing. */
import { code } from '../epic/say-who.ts';
import { shownStatus } from '../epic/stage.ts';
import { graph } from '../render/graph.ts';
import { type Asked, query } from './query.ts';

/** The answer of `getDependencyGraph`. */
interface DependencyGraph {
  readonly nodes: readonly {
    readonly stage: string;
    readonly status: string;
    readonly issue: number | null;
  }[];
  /** `to` depends on `from`. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** The flowchart's source; null where there are too many stages to read one. */
  readonly mermaid: string | null;
}

const answer = ({ epic }: Asked): DependencyGraph => ({
  nodes: epic.stages.map((stage) => ({
    stage: stage.definition.key,
    status: shownStatus(stage),
    issue: stage.issue?.number ?? null,
  })),
  edges: epic.stages.flatMap(({ definition }) =>
    definition.dependsOn.map((from) => ({ from, to: definition.key })),
  ),
  mermaid: graph(epic) ?? null,
});

const lines = ({ nodes, edges, mermaid }: DependencyGraph): readonly string[] => {
  // One line, so that a cut cannot leave the fence open.
  if (mermaid !== null) return [['```mermaid', mermaid, '```'].join('\n')];
  return nodes.map(({ stage, status }) => {
    const before = edges.filter((edge) => edge.to === stage).map((edge) => code(edge.from));
    return `- ${code(stage)} (${status})${before.length === 0 ? '' : ` after ${before.join(', ')}`}`;
  });
};

/** The record of `getDependencyGraph`. */
export const getDependencyGraph = query<DependencyGraph>({
  name: 'getDependencyGraph',
  word: 'graph',
  summary: 'The stages and what depends on what, drawn.',
  ofStage: false,
  answer,
  lines,
});
