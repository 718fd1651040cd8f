/** A name twice in one `depends_on` or one `approvers`. */
import type { Named } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { quote } from '../quote.ts';
import type { Check } from './check.ts';

/** Dependencies and approver roles are named once each. */
export const repeatedNames: Check = function* ({ stages }) {
  for (const { dependsOn, approvers } of stages) {
    yield* repeated(dependsOn, 'duplicate-dependency', 'leave the second one out');
    yield* repeated(approvers, 'duplicate-approver', 'one approval per role: leave the second one out');
  }
};

function* repeated(list: readonly Named[], code: Finding['code'], hint: string): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { name, path } of list) {
    if (seen.has(name)) yield { code, message: `${quote(name)} is named twice`, hint, path, on: 'value' };
    seen.add(name);
  }
}
