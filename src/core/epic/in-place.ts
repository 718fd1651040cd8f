/** Acts in somebody's place are recorded as such: who did it, and for whom (issue: substitution). */
import type { Role } from '../workflow/definition.ts';
import type { EpicCommand } from './commands.ts';
import type { EpicEvent } from './events.ts';
import { findStage, mayFill, mayReject } from './stage.ts';
import type { Epic, OpenedEpic } from './state.ts';
import { actedFor } from './substitution.ts';

/** What override roles may do, whatever stage it is about. */
const overriding: ReadonlySet<EpicCommand['type']> = new Set([
  ...(['Release', 'Skip', 'Override', 'Confirm', 'GiveVerdict', 'Pause', 'Resume', 'Cancel'] as const),
  ...(['Stop', 'NextBatch', 'Migrate'] as const),
]);
const byRole: ReadonlySet<EpicCommand['type']> = new Set([
  ...overriding,
  ...(['Claim', 'Check', 'Approve', 'Reject', 'Concern', 'AskQuestion', 'Block'] as const),
]);
/** The epic's author may do these as well. */
const byAuthor: ReadonlySet<EpicCommand['type']> = new Set([
  ...(['Pause', 'Resume', 'Cancel', 'NextBatch', 'Migrate'] as const),
]);

/** Whoever opened the epic or claimed the stage does this as themselves, whatever else they hold. */
const asThemselves = (epic: OpenedEpic, { type, by }: EpicCommand): boolean => {
  if (byAuthor.has(type)) return epic.author.id === by.id;
  return (
    (type === 'Release' || type === 'Check') && epic.stages.some((stage) => stage.claimant?.id === by.id)
  );
};

/** The roles by which one may do this. */
const needed = (epic: OpenedEpic, { type }: EpicCommand, event: EpicEvent): readonly Role[] => {
  const stage = 'stage' in event ? findStage(epic, event.stage) : undefined;
  if (stage === undefined || overriding.has(type)) return epic.rules.policy.overrideRoles;
  const { role } = stage.definition;
  if (type === 'Claim' || type === 'Check') return [role];
  if (type === 'Block') return [role, ...mayFill(stage)];
  return type === 'Reject' || type === 'Concern' ? mayReject(stage) : mayFill(stage);
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
