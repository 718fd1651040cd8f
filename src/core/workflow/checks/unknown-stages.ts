/** A dependency on a stage that is not in the file. */

import { didYouMean, oneOf, quote } from '../quote.ts';
import type { Check } from './check.ts';

/** Everything in `depends_on` is a stage of the same workflow. */
export const unknownStages: Check = function* ({ stages }) {
  const keys = new Set(stages.flatMap(({ key }) => key?.name ?? []));
  for (const { dependsOn, key } of stages) {
    for (const { name, path } of dependsOn) {
      if (keys.has(name)) continue;
      const others = [...keys].filter((other) => other !== key?.name);
      const known = others.length === 0 ? 'there is no other stage' : `stages: ${oneOf(others)}`;
      const hint = didYouMean(name, others, known);
      yield {
        code: 'unknown-stage',
        message: `${quote(name)} is not a stage of this workflow`,
        ...hint,
        path,
        on: 'value',
      };
    }
  }
};
