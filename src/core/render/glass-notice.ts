/** What people with an override role are told when somebody passes a careful gate by force. */
import type { EpicEvent } from '../epic/events.ts';
import { confirmWithin, type Glass, reviewDue } from '../epic/glass.ts';
import { code, holdersOf, nameOf } from '../epic/say-who.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { writeDuration } from '../workflow/duration.ts';
import { calling } from './calling.ts';
import { moment } from './moment.ts';
import { neutral } from './neutral.ts';
import type { Notice } from './notice.ts';

/** Everybody who could do it, without those who had a hand in it. */
const others = (epic: OpenedEpic, glass: Glass): readonly string[] => {
  const people = [glass.by, ...(glass.used === undefined ? [] : [glass.used.by])];
  const hands = people.map(({ login }) => login.toLowerCase());
  return epic.rules.policy.overrideRoles
    .flatMap((role) => holdersOf(epic.rules, role))
    .filter((name) => !hands.includes(name.replace(/^@/, '').toLowerCase()));
};

const what = (glass: Glass): string =>
  `${nameOf(glass.by)} asked to ${glass.what} ${code(glass.stage)} (${code(glass.id)}): ${neutral(glass.text)}`;

const reviewed = (glass: Glass): string =>
  `What to type: ${code(`/reviewed ${glass.id} <what you think of it>`)}.`;

const textOf = (epic: OpenedEpic, glass: Glass, event: EpicEvent): string | undefined => {
  const due = reviewDue(glass);
  switch (event.type) {
    case 'GlassAsked':
      return epic.rules.policy.breakGlass?.people === 1
        ? undefined
        : `⚠️ ${calling(others(epic, glass))}${what(glass)}\n\nIt takes effect when somebody else confirms it within ${writeDuration(confirmWithin)}. What to type: ${code(`/confirm ${glass.id}`)}.`;
    case 'GlassUsed':
      return due === undefined
        ? undefined
        : `⚠️ ${calling(others(epic, glass))}${what(glass)}\n\nIt has taken effect. Somebody else must look at it by ${moment(due)}. ${reviewed(glass)}`;
    case 'GlassOverdue':
      return `⚠️ ${calling(others(epic, glass))}nobody has reviewed this in time. ${what(glass)}\n\n${reviewed(glass)}`;
    default:
      return undefined;
  }
};

/** The notice on the stage's issue; undefined for events of other kinds, and where nobody has to act. */
export const glassNotice = (epic: OpenedEpic, event: EpicEvent): Notice | undefined => {
  if (!('glass' in event)) return undefined;
  const glass = epic.glasses?.find((one) => one.id === event.glass);
  const text = glass === undefined ? undefined : textOf(epic, glass, event);
  return glass === undefined || text === undefined ? undefined : { stage: glass.stage, text };
};
