/** Nobody approves their own work, nor what they are kept apart from, nor either for somebody who stands in for another (contract §2). */
import { othersOf } from './agents.ts';
import type { Approve } from './commands.ts';
import { barredFromApproving, type NotCounted } from './gate.ts';
import type { Person } from './person.ts';
import { type Refusal, refuse } from './refusal.ts';
import { requireAccountable } from './require-accountable.ts';
import { code, list, nameOf, whoHoldAny } from './say-who.ts';
import { mayFill } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';
import { countsFor } from './substitution.ts';
import { workedApart } from './worked-apart.ts';

const barredWords: Readonly<Record<'claimant' | 'author' | 'contributor', readonly [string, string]>> = {
  claimant: ['you claimed it', 'claimed it'],
  author: ['you opened its pull request', 'opened its pull request'],
  contributor: ['you have commits in its pull request', 'has commits in its pull request'],
};

/** Somebody with an agent is told that its doing is theirs. */
const orAgent = (epic: OpenedEpic, person: Person, you: boolean): string => {
  const others = othersOf(epic.rules, person);
  if (others.length === 0) return '';
  const are = `${others.length === 1 ? 'is' : 'are'} one person with ${you ? 'you' : 'them'}`;
  return `, or ${list(others.map(nameOf))} did, who ${are}`;
};

const isOwn = (barred: NotCounted | undefined): barred is keyof typeof barredWords =>
  barred !== undefined && barred in barredWords;

/** Somebody for whom they hold a role of the gate and who may not approve; undefined where another role of theirs counts. */
const barredPlace = (epic: OpenedEpic, stage: Stage, command: Approve) => {
  const places = mayFill(stage).map((role) =>
    countsFor(command, role, (of) => barredFromApproving(epic, stage, of) === undefined),
  );
  if (places.some((place) => place === 'own' || place.length > 0)) return undefined;
  return command.instead?.find(({ role }) => mayFill(stage).includes(role))?.of;
};

/** Refuses with `own-work` or `kept-apart`, of themselves or of whoever they stand for. */
export const ownWork = (epic: OpenedEpic, stage: Stage, command: Approve): Refusal | undefined => {
  const of = barredPlace(epic, stage, command);
  const key = code(stage.definition.key);
  const who = { who: `somebody else of ${whoHoldAny(epic.rules, stage.definition.gate?.approvers ?? [])}` };
  const mine = barredFromApproving(epic, stage, command.by);
  const person = mine === undefined && of !== undefined ? of : command.by;
  const barred = barredFromApproving(epic, stage, person);
  const subject = person === command.by ? 'You' : `${nameOf(person)}, for whom you act,`;
  if (barred === 'other-stage') {
    const other = code(workedApart(epic, stage, person) ?? '');
    return refuse('kept-apart', `${subject} worked on ${other}; ${key} is kept apart from it.`, who);
  }
  if (barred === 'agent-alone') return requireAccountable(epic, { by: person }, 'approve');
  if (!isOwn(barred)) return undefined;
  const [yours, theirs] = barredWords[barred];
  const why = person === command.by ? yours : `you act for ${nameOf(person)}, who ${theirs}`;
  return refuse(
    'own-work',
    `You may not approve ${key}: ${why}${orAgent(epic, person, person === command.by)}.`,
    who,
  );
};
