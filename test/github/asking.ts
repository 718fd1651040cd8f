/** A GitHub of a few answers, and a memory of names, for questions about who somebody is. */
import type { Client, Params } from '../../src/github/client.ts';
import type { Pins } from '../../src/github/facts/roles-held.ts';
import { GitHubFailure } from '../../src/github/failure.ts';

type Answers = Readonly<Record<string, object | number | string>>;

/** A GitHub that answers these addresses; a number is a refusal with that status; anything else is 404. */
export const asking = (answers: Answers): Client => {
  const get = async (route: string, params: Params = {}) => {
    const path = route.slice('GET '.length).replaceAll(/\{(\w+)\}/g, (_, name) => String(params[name]));
    const answer = answers[path] ?? 404;
    if (typeof answer !== 'number') return { status: 200, data: answer, headers: {} };
    const kind = answer >= 500 ? ('unavailable' as const) : ('refused' as const);
    throw new GitHubFailure({ kind, status: answer, message: 'no', url: path });
  };
  return { get } as unknown as Client;
};

/** Names in lower case with the id they were bound to. */
export const pinsWith = (known: Readonly<Record<string, number>> = {}): Pins => {
  const pins = new Map(Object.entries(known));
  const keep = async (name: string, id: number): Promise<number> => {
    const first = pins.get(name.toLowerCase()) ?? id;
    pins.set(name.toLowerCase(), first);
    return first;
  };
  const find = async (name: string): Promise<number | undefined> => pins.get(name.toLowerCase());
  return { user: find, team: find, pinUser: keep, pinTeam: keep };
};
