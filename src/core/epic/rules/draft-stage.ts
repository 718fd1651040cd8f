/** A stage as somebody describes it in one line, checked against the epic it is to join (contract §6). */
import type { Role, StageDefinition, StageKey } from '../../workflow/definition.ts';
import { line, names } from '../../workflow/names.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { code, list } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { findStage, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

/** The new stage, and the stages that wait for it from now on. */
export interface Draft {
  readonly definition: StageDefinition;
  readonly before: readonly StageKey[];
}

const mostStages = 100;
const title = line(100);
const example = '/add-stage 7_audit role:ENGINEER Audit the logs';

const no = (why: string, next?: string): Refusal =>
  refuse('bad-stage', why, next === undefined ? {} : { next });

const wrongKey = (epic: OpenedEpic, key: StageKey): Refusal | undefined => {
  if (epic.stages.length >= mostStages) return no(`An epic has at most ${mostStages} stages.`);
  if (!names.stage.safeParse(key).success)
    return no('A key is letters, digits, `_`, `.` and `-`, at most 50.', code(example));
  const same = epic.stages.find((stage) => stage.definition.key.toLowerCase() === key.toLowerCase());
  return same === undefined ? undefined : no(`This epic has a stage ${code(same.definition.key)} already.`);
};

const knownRoles = (epic: OpenedEpic): readonly Role[] => {
  const configured = epic.rules.roles.map(({ role }) => role);
  const used = epic.stages.flatMap(({ definition }) => [
    definition.role,
    ...(definition.gate?.approvers ?? []),
  ]);
  return [...new Set(configured.length > 0 ? configured : used)];
};

const wrongRole = (epic: OpenedEpic, roles: readonly Role[]): Refusal | undefined => {
  const known = knownRoles(epic);
  return roles.every((role) => known.includes(role))
    ? undefined
    : no('There is no such role here.', `one of ${list(known.map(code))}`);
};

/** From `from` along what it depends on to one of `to`; undefined where no way leads there. */
const wayBack = (
  epic: OpenedEpic,
  from: StageKey,
  to: readonly StageKey[],
): readonly StageKey[] | undefined => {
  const seen = new Set<StageKey>();
  const walk = (key: StageKey): readonly StageKey[] | undefined => {
    if (to.includes(key)) return [key];
    if (seen.has(key)) return undefined;
    seen.add(key);
    for (const next of findStage(epic, key)?.definition.dependsOn ?? []) {
      const way = walk(next);
      if (way !== undefined) return [key, ...way];
    }
    return undefined;
  };
  return walk(from);
};

const wrongOrder = (
  epic: OpenedEpic,
  key: StageKey,
  order: Pick<Signal<'AddStage'>, 'after' | 'before'>,
): Refusal | undefined => {
  const keys = list(epic.stages.map((stage) => code(stage.definition.key)));
  const unknown = [...order.after, ...order.before].some((one) => findStage(epic, one) === undefined);
  if (unknown)
    return refuse('unknown-stage', 'It is to come after or before a stage that this epic does not have.', {
      next: `one of ${keys}`,
    });
  for (const one of order.after) {
    const way = wayBack(epic, one, order.before);
    if (way !== undefined) {
      const circle = [key, ...way, key].map(code).join(' → ');
      return no(
        `The stages would wait for each other: ${circle}.`,
        'take one of them out of `after:` or `before:`',
      );
    }
  }
  const begun = order.before
    .flatMap((one) => findStage(epic, one) ?? [])
    .find((one) => one.status !== 'waiting');
  return begun === undefined
    ? undefined
    : no(`${code(begun.definition.key)} is ${shownStatus(begun)}: it cannot be made to wait any more.`);
};

const gateOf = (key: StageKey, command: Signal<'AddStage'>): Pick<StageDefinition, 'gate'> | Refusal => {
  if (command.gate !== undefined && !title.safeParse(command.gate).success)
    return no('A gate has a name of 1 to 100 characters.', code('gate:legal_review'));
  if (command.approvers.length > 0)
    return { gate: { name: command.gate ?? key, approvers: [...new Set(command.approvers)] } };
  return command.gate === undefined
    ? {}
    : no('A gate needs approvers.', `${code('approvers:<ROLE>,<ROLE>')} beside ${code('gate:')}`);
};

const taskKey = (epic: OpenedEpic): StageKey => {
  const taken = new Set(epic.stages.map((stage) => stage.definition.key.toLowerCase()));
  let number = 1;
  while (taken.has(`task_${number}`)) number += 1;
  return `task_${number}`;
};

/** What waits for the stage beside it, and has not begun, waits for the task too. */
const waitingFor = (epic: OpenedEpic, other: Stage | undefined): readonly StageKey[] =>
  epic.stages
    .filter(
      (stage) =>
        other !== undefined &&
        stage.status === 'waiting' &&
        stage.definition.dependsOn.includes(other.definition.key),
    )
    .map((stage) => stage.definition.key);

/** The stage as it joins the epic; refused with `bad-stage`, `unknown-stage` or `text-needed`. `beside`: the stage a task belongs to. */
export const draftStage = (
  epic: OpenedEpic,
  command: Signal<'AddStage'>,
  beside: Stage | undefined,
): Draft | Refusal => {
  const key = command.key ?? taskKey(epic);
  const role = command.role ?? beside?.definition.role;
  const { success, data: action } = title.safeParse(command.title);
  if (!success)
    return refuse('text-needed', 'A title of 1 to 100 characters is needed.', {
      next: code(command.key === undefined ? '/add-task Write the migration notes' : example),
    });
  if (role === undefined) return no('Nobody is named whose work it is.', code(example));
  const after = command.after.length > 0 ? command.after : (beside?.definition.dependsOn ?? []);
  const before = [...new Set([...command.before, ...waitingFor(epic, beside)])];
  const wrong =
    wrongKey(epic, key) ??
    wrongRole(epic, [role, ...command.approvers]) ??
    wrongOrder(epic, key, { after, before });
  if (wrong !== undefined) return wrong;
  const gate = gateOf(key, command);
  if ('refused' in gate) return gate;
  return {
    definition: { key, role, action, deliverables: [], dependsOn: [...new Set(after)], ...gate },
    before,
  };
};
