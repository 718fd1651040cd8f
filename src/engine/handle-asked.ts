/** What would pass a gate is decided with the roles that everybody whose word stands there holds now (threats T26, T32). */
import type { EpicCommand } from '../core/epic/commands.ts';
import { type Decision, decide } from '../core/epic/decide.ts';
import type { EpicEvent } from '../core/epic/events.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { type Asker, askRolesOfApprovers } from './ask.ts';
import type { Desk } from './desk.ts';

/** Where it is decided, and who asks; nobody can be asked about while gatehouse.yml is broken. */
export interface Asking {
  readonly desk: Desk;
  readonly epicId: string;
  readonly asker: () => Promise<Asker>;
}

const passed = (epic: OpenedEpic, events: readonly EpicEvent[]): readonly string[] =>
  [
    ...new Set(
      events.flatMap((event) =>
        event.type === 'GatePassed' || event.type === 'StageDone' ? [event.stage] : [],
      ),
    ),
  ].filter((key) =>
    epic.stages.some(({ definition }) => definition.key === key && definition.gate !== undefined),
  );

/**
 * Like the desk's `handle`: decides once to see whether a gate would be passed, by whatever command, and if so asks first.
 * Costs requests only then. Throws GitHubFailure where GitHub cannot be asked.
 */
export const handleAsked = async (
  { desk, epicId, asker }: Asking,
  command: EpicCommand,
  once?: 'once',
): Promise<Decision | 'handled'> => {
  const epic = await desk.epic(epicId);
  const keys = epic.status === 'unopened' ? [] : passed(epic, decide(epic, command).events);
  if (epic.status === 'unopened' || keys.length === 0) return desk.handle(epicId, command, once);
  const by = await asker();
  if (by.rules.broken !== null) return desk.handle(epicId, command, once);
  const answers = await Promise.all(keys.map((key) => askRolesOfApprovers(by, epic, key)));
  const all = [...answers, command];
  const asked = {
    rolesOf: Object.assign({}, ...all.map(({ rolesOf }) => rolesOf)),
    insteadOf: Object.assign({}, ...all.map(({ insteadOf }) => insteadOf)),
  };
  return desk.handle(epicId, { ...command, ...asked }, once);
};
