/** The tests that mutants are held against: the pure core and the facts, without a database. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/core/epic/**/*.test.ts',
      'test/core/slash/**/*.test.ts',
      'test/github/roles-held.test.ts',
      'test/model/explore.test.ts',
    ],
    testTimeout: 60_000,
  },
});
