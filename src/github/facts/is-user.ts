/** Whether somebody is whom a name of gatehouse.yml was bound to when it was first seen (threats T23, T24). */
import type { Person } from '../../core/epic/person.ts';
import type { Pins } from './roles-held.ts';

/** By number; a name never seen before is bound to its bearer here. */
export const isUser = async (pins: Pins, login: string, person: Person): Promise<boolean> => {
  const pinned = await pins.user(login);
  if (pinned !== undefined) return pinned === person.id;
  // Never seen before: the payload says who bears the name now.
  if (login.toLowerCase() !== person.login.toLowerCase()) return false;
  return (await pins.pinUser(login, person.id)) === person.id;
};
