/** Acts in somebody's place are recorded as such: who did it, and for whom (issue: substitution). */
import type { Role } from '../workflow/definition.ts';
import type { EpicCommand } from './commands.ts';
import type { EpicEvent } from './events.ts';
import { findStage, mayFill } from './stage.ts';
import type { Epic, OpenedEpic } from './state.ts';
import { actedFor } from './substitution.ts';

const byRole: ReadonlySet<EpicCommand['type']> = new Set([
  'Claim',
  'Release',
  'Approve',
  'Reject',
  'Block',
  'Skip',
  'Override',
  'Pause',
  'Resume',
  'Cancel',
]);

/** Whoever opened the epic or claimed the stage does this as themselves, whatever else they hold. */
const asThemselves = (epic: OpenedEpic, { type, by }: EpicCommand): boolean => {
  if (type === 'Pause' || type === 'Resume' || type === 'Cancel') return epic.author.id === by.id;
  return type === 'Release' && epic.stages.some((stage) => stage.claimant?.id === by.id);
};

/** The roles by which one may do this. */
const needed = (epic: OpenedEpic, { type }: EpicCommand, event: EpicEvent): readonly Role[] => {
  const stage = 'stage' in event ? findStage(epic, event.stage) : undefined;
  if (stage === undefined || type === 'Release' || type === 'Skip' || type === 'Override') {
    return epic.rules.policy.overrideRoles;
  }
  const { role } = stage.definition;
  if (type === 'Claim') return [role];
  return type === 'Block' ? [role, ...mayFill(stage)] : mayFill(stage);
};

/** The events of a command, with whom its actor stands for where no role of their own allowed it. */
export const inPlace = (
  epic: Epic,
  command: EpicCommand,
  events: readonly EpicEvent[],
): readonly EpicEvent[] => {
  if (epic.status === 'unopened' || !byRole.has(command.type) || asThemselves(epic, command)) return events;
  return events.map((event) => {
    const of = event.by.id === command.by.id ? actedFor(command, needed(epic, command, event)) : undefined;
    return of === undefined ? event : { ...event, instead: of };
  });
};
