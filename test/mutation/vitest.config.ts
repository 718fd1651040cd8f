/** The tests that mutants are held against: the pure core and the facts, without a database; the cheapest first, since one that fails is enough. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const fewerRuns = fileURLToPath(new URL('fewer-runs.ts', import.meta.url));

/** In the order in which they are asked. Lives of whole epics, time and the explorer are left to their own suites. */
const suites = [
  ...['approve', 'reviews', 'criteria', 'conditions', 'agents', 'delegation', 'authority', 'fill-roles'],
  ...['stale', 'gate', 'rules', 'refusal', 'break-glass', 'explain', 'resolve-stage', 'signals', 'rework'],
  'rework-pulls',
].map((name) => `test/core/epic/${name}.test.ts`);
const others = ['test/core/slash/*.test.ts', 'test/threats/approvals/roles.test.ts'];

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = suites.findIndex((suite) => moduleId.endsWith(suite));
      return found === -1 ? suites.length : found;
    };
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  plugins: [
    {
      name: 'fewer-runs',
      enforce: 'pre',
      resolveId: (source, importer) =>
        source === 'fast-check' && importer !== fewerRuns ? fewerRuns : undefined,
    },
  ],
  test: {
    include: [...suites, ...others],
    // A worker for each file would cost more than most files.
    isolate: false,
    sequence: { sequencer: InOrder },
    testTimeout: 60_000,
  },
});
