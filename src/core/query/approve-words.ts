/** What an approver types for a stage. */
import { openPulls } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { StageKey } from '../workflow/definition.ts';

/** With the commit where a fork's pull request makes it necessary to name one (contract §4). */
export const approveWords = (epic: OpenedEpic, key: StageKey): string => {
  const fork = openPulls(epic, key).find((pull) => pull.fork);
  return `/approve ${key}${fork === undefined ? '' : ` ${fork.head.slice(0, 7)}`}`;
};
