import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes and is run by `npm run test:trust`: hostile input, threats, the gate explored, faults, kills, repairs. */
const trust = [
  ...['fuzz', 'threats', 'model', 'faults', 'crash'].map((room) => `test/${room}/**/*.test.ts`),
  ...['level', 'found', 'cheap', 'lost-issue'].map((story) => `test/stories/${story}.test.ts`),
  ...['backup', 'restored'].map((name) => `test/ledger/${name}.test.ts`),
];

/** What holds a watch to the house: alone, and after everything else, since two at once would measure each other. */
const timed = ['test/threats/ingress/flood.test.ts'];

/** A dozen schedules; where hundreds are played beside it, they need not be played twice. */
const played = process.env['GATEHOUSE_SCHEDULES'] === 'played' ? ['test/faults/faults.test.ts'] : [];

/** Plays wait for processes and clocks: begun first, they do not keep everybody waiting at the end. */
class PlaysFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isPlay = ({ moduleId }: TestSpecification): boolean =>
      /\/test\/(?:stories|crash|model|cli|threats)\//.test(moduleId);
    const bySize = await super.sort(files);
    return [...bySize.filter(isPlay), ...bySize.filter((one) => !isPlay(one))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: PlaysFirst },
    globalSetup: ['test/world/database.ts', 'test/world/bundle.ts'],
    // A test that asserts nothing, or only in a loop over nothing, fails.
    expect: { requireAssertions: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most tests wait for processes, databases and clocks: more of them at once than there are cores.
    maxWorkers: Math.max(4, availableParallelism()),
    projects: [
      { extends: true, test: { name: 'everyday', include: ['test/**/*.test.ts'], exclude: trust } },
      { extends: true, test: { name: 'trust', include: trust, exclude: [...timed, ...played] } },
      {
        extends: true,
        // A slow moment of the machine is no slow house: what is slow three times is.
        test: { name: 'timed', include: timed, maxWorkers: 1, retry: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
