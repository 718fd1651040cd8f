/** Two stages with one key. */
import type { Named } from '../draft.ts';
import { quote } from '../quote.ts';
import type { Check } from './check.ts';

/** Keys are unique, also without regard to case: people type them in commands. */
export const duplicateStages: Check = function* ({ stages }) {
  const seen = new Map<string, Named>();
  for (const { key } of stages) {
    if (key === undefined) continue;
    const first = seen.get(key.name.toLowerCase());
    if (first === undefined) {
      seen.set(key.name.toLowerCase(), key);
      continue;
    }
    const same = first.name === key.name;
    const message = same
      ? `a second stage ${quote(key.name)}`
      : `${quote(key.name)} and ${quote(first.name)} differ only in case`;
    yield {
      code: 'duplicate-stage',
      message,
      hint: 'give every stage its own key',
      path: key.path,
      on: 'value',
    };
  }
};
