/** A stage that waits for itself. */

import { quote } from '../quote.ts';
import type { Check } from './check.ts';

/** No stage depends on itself. */
export const selfDependency: Check = function* ({ stages }) {
  for (const { key, dependsOn } of stages) {
    for (const { name, path } of dependsOn) {
      if (name !== key?.name) continue;
      const message = `${quote(name)} depends on itself`;
      yield {
        code: 'self-dependency',
        message,
        hint: 'it could never start: leave this out',
        path,
        on: 'value',
      };
    }
  }
};
