/** Stages that wait for each other in a circle. */
import { DepGraph, DepGraphCycleError } from 'dependency-graph';
import type { Draft } from '../draft.ts';
import { quote } from '../quote.ts';
import type { Check } from './check.ts';
import { mostStages } from './stage-count.ts';

/** One missing arrow's cycles are many; the first few say it. */
const mostCycles = 5;

/** Each cycle is printed as a path, at the dependency that closes it; dependencies on oneself are another check's. */
export const cycle: Check = function* ({ stages }) {
  if (stages.length > mostStages) return;
  const graph = graphOf(stages);
  for (let found = 0; found < mostCycles; found += 1) {
    const path = cycleIn(graph);
    if (path === undefined) return;
    const [waits, needs] = [path.at(-2) ?? '', path.at(-1) ?? ''];
    const place = stages.find(({ key }) => key?.name === waits)?.dependsOn.find(({ name }) => name === needs);
    const message = `these stages wait for each other: ${path.map(quote).join(' → ')}`;
    yield {
      code: 'cycle',
      message,
      hint: 'no stage of a cycle could start',
      path: place?.path ?? [],
      on: 'value',
    };
    graph.removeDependency(waits, needs);
  }
};

function graphOf(stages: Draft['stages']): DepGraph<string> {
  const graph = new DepGraph<string>();
  for (const { key } of stages) if (key !== undefined) graph.addNode(key.name);
  for (const { key, dependsOn } of stages) {
    for (const { name } of dependsOn) {
      if (key !== undefined && name !== key.name && graph.hasNode(name)) graph.addDependency(key.name, name);
    }
  }
  return graph;
}

/** A cycle that starts and ends with the same stage. The library's path begins with the stages that lead to it. */
function cycleIn(graph: DepGraph<string>): readonly string[] | undefined {
  try {
    graph.overallOrder();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof DepGraphCycleError)) throw thrown;
    const path = thrown.cyclePath;
    return path.slice(path.indexOf(path.at(-1) ?? ''));
  }
}
