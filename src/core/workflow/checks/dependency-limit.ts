/** More dependencies than GitHub can show. */

import { quote } from '../quote.ts';
import type { Check } from './check.ts';

/** GitHub: 50 blocked-by and 50 blocking links per issue. */
const most = 50;

/** A stage waits for at most 50 others, and at most 50 wait for it. */
export const dependencyLimit: Check = function* ({ stages }) {
  const waiting = new Map<string, number>();
  for (const { dependsOn } of stages) {
    for (const { name } of dependsOn) waiting.set(name, (waiting.get(name) ?? 0) + 1);
    if (dependsOn.length <= most) continue;
    const message = `${dependsOn.length} dependencies: GitHub allows ${most} blocked-by links an issue`;
    yield {
      code: 'too-many-dependencies',
      message,
      hint: gather,
      path: dependsOn[0]?.path.slice(0, -1) ?? [],
      on: 'key',
    };
  }
  for (const { key } of stages) {
    const count = key === undefined ? 0 : (waiting.get(key.name) ?? 0);
    if (key === undefined || count <= most) continue;
    const message = `${count} stages depend on ${quote(key.name)}: GitHub allows ${most} blocking links an issue`;
    yield { code: 'too-many-dependencies', message, hint: gather, path: key.path, on: 'value' };
  }
};

const gather = 'put a stage in between that gathers them';
