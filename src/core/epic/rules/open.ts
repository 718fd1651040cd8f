/** Starting a workflow on an issue: once per round, and never over a running one (contract §2). */
import type { Open } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { code } from '../say-who.ts';
import type { Epic } from '../state.ts';

/**
 * `EpicOpened` with the definition the epic keeps for life.
 * The label of the running workflow again: nothing. Another workflow's label: `running-already`. After the end: a new round, into which pull
 * requests that are still open go on: their check must not turn green because their round is over.
 */
export const open = (epic: Epic, command: Open): readonly EpicEvent[] | Refusal => {
  if (epic.status === 'running' || epic.status === 'paused') {
    if (epic.definition.name === command.definition.name) return [];
    return refuse(
      'running-already',
      `This epic already runs ${code(epic.definition.name)}; one workflow at a time.`,
      {
        next: `${code('/cancel <why>')} ends it, then put the new label on again`,
      },
    );
  }
  const { subject, title, author, definition, source, rules, at, by } = command;
  const round = epic.status === 'unopened' ? 1 : epic.round + 1;
  const open = epic.status !== 'unopened' && epic.pulls.some((pull) => pull.state === 'open');
  const carries = open ? { carries: true as const } : {};
  return [
    { type: 'EpicOpened', round, subject, title, author, definition, source, rules, ...carries, at, by },
  ];
};
