/** Going over to another definition while the epic runs: only what was shown, and only where nothing begun is lost. */
import type { Migrate } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { planMigration } from '../plan-migration.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireOwner } from '../require.ts';
import { code } from '../say-who.ts';
import type { OpenedEpic } from '../state.ts';

const asShown = (command: Migrate): Refusal | undefined =>
  command.shown === undefined || command.to.startsWith(command.shown.toLowerCase())
    ? undefined
    : refuse('file-changed', 'The workflow file is not what you were shown: nothing was changed.', {
        next: `${code(`/migrate ${command.to}`)}, if what it would do now is right`,
      });

/**
 * `ApprovalsVoided` for every stage whose gate is another one, then `DefinitionMigrated`; nothing where only a look was
 * asked for, or where nothing differs. By override roles and the epic's author. Refuses with `file-changed` where the file
 * is not the one that was shown, with `cannot-migrate` where something begun would be lost.
 */
export const migrate = (epic: OpenedEpic, command: Migrate): readonly EpicEvent[] | Refusal => {
  const refused = requireLive(epic) ?? requireOwner(epic, command, 'migrate') ?? asShown(command);
  if (refused !== undefined) return refused;
  const plan = planMigration(epic, command.definition);
  if (command.shown === undefined || plan.nothing) return [];
  if (plan.obstacles.length > 0) {
    return refuse('cannot-migrate', 'This cannot be done as things stand: nothing was changed.', {
      next: `what clears the way is said below; then ${code(`/migrate ${command.to}`)}`,
    });
  }
  const { at, by, source, from, to } = command;
  const { definition } = plan;
  return [
    ...plan.voided.map(
      ({ stage, people }): EpicEvent => ({ type: 'ApprovalsVoided', stage, people, at, by }),
    ),
    { type: 'DefinitionMigrated', definition, source, from, to, at, by },
  ];
};
