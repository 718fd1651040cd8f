/** Both words for the same thing in one stage. */
import type { Check } from './check.ts';

/** A stage says `depends_on` or, as other tools do, `dependencies`; not both. */
export const oneWord: Check = function* ({ stages }) {
  for (const { dependsOn } of stages) {
    const other = dependsOn.find(({ path }) => path.at(-2) === 'dependencies')?.path;
    if (other === undefined || !dependsOn.some(({ path }) => path.at(-2) === 'depends_on')) continue;
    const message = '`dependencies` is another word for `depends_on`, and both are given';
    yield { code: 'given-twice', message, hint: 'keep `depends_on`', path: other.slice(0, -1), on: 'key' };
  }
};
