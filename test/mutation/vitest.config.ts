/** The tests that the mutants of one group are held against: the pure core and the facts, without a database. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { groups } from './groups.ts';

const fewerRuns = fileURLToPath(new URL('fewer-runs.ts', import.meta.url));
const chosen = process.env['GATEHOUSE_MUTATED'];
const meant = groups.filter((one) => chosen === undefined || one.name === chosen);
const suites = meant.flatMap((one) => one.suites);

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      suites.findIndex((suite) => moduleId.endsWith(suite));
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
    include: [...suites],
    // A worker for each file would cost more than most files.
    isolate: false,
    sequence: { sequencer: InOrder },
    testTimeout: 60_000,
    // What is left are answers to what the types allow and nothing makes happen (threats G23).
    coverage: {
      include: meant.flatMap((one) => one.modules),
      reporter: [['text', { skipFull: true }]],
      thresholds: { lines: 100, functions: 100, branches: 98 },
    },
  },
});
