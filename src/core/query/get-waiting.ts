/** `getWaiting`: what waits for the person who asks, the oldest first. */
import { code } from '../epic/say-who.ts';
import { lengthText } from '../render/length-text.ts';
import { type Asked, query } from './query.ts';
import { secondsBetween } from './steps.ts';
import { type Duty, type Waiting, waitingOn } from './waiting-on.ts';

/** The answer of `getWaiting`. */
export interface WaitingFor {
  readonly login: string | null;
  /** The roles that were taken into account. */
  readonly roles: readonly string[];
  readonly waiting: readonly Waiting[];
  /** Epics that were not looked at. */
  readonly unasked: number;
}

const words: Readonly<Record<Duty, string>> = {
  claim: 'ready to be claimed',
  submit: 'claimed by you',
  mend: 'changes were asked for',
  approve: 'waits for your approval',
  tick: 'a criterion is open',
  answer: 'an approver asked something',
  resolve: 'your concern is open',
  unblock: 'blocked',
  merge: 'its gate is passed',
  resume: 'it is paused',
  confirm: 'waits for a second person',
  review: 'passed by force, and nobody else has looked',
};

/** Over this epic and all the others that were handed in. */
export const waitingFor = (
  asked: Pick<Asked, 'id' | 'epic' | 'others' | 'by' | 'unasked' | 'at'>,
): WaitingFor => {
  const { by, others = [], unasked = 0 } = asked;
  if (by === undefined) return { login: null, roles: [], waiting: [], unasked };
  const epics = [{ id: asked.id, epic: asked.epic }, ...others.filter((one) => one.id !== asked.id)];
  const waiting = epics.flatMap((one) => waitingOn(one, by, asked.at));
  return {
    login: by.login,
    roles: by.roles,
    waiting: waiting.toSorted((one, other) => one.since.localeCompare(other.since)),
    unasked,
  };
};

const line = (one: Waiting, at: string): string => {
  const age = lengthText(secondsBetween(one.since, at));
  const stage = one.stage === null ? '' : ` ${code(one.stage)}`;
  const next = one.next.startsWith('/') ? code(one.next) : one.next;
  const number = one.number === null ? '' : ` #${one.number}`;
  return `-${number}${stage}: ${words[one.duty]}, for ${age}. **Next:** ${next}`;
};

const left = (login: string, unasked: number): readonly string[] =>
  unasked === 0
    ? []
    : [
        '',
        `${unasked === 1 ? 'One epic' : `${unasked} epics`} of this repository ${unasked === 1 ? 'was' : 'were'} not looked at: all of it is at ${code(`/api/v1/people/${login}/waiting`)} on Gatehouse's own address.`,
      ];

const lines = ({ login, waiting, unasked }: WaitingFor, { at }: Asked): readonly string[] => {
  if (login === null) return ['Say whose: nobody is known to ask.'];
  const where = unasked === 0 ? 'in this repository' : 'in the epics that were looked at';
  if (waiting.length === 0) return [`Nothing waits for ${code(login)} ${where}.`, ...left(login, unasked)];
  const things = waiting.length === 1 ? 'One thing waits' : `${waiting.length} things wait`;
  return [
    `${things} for ${code(login)}, the oldest first:`,
    '',
    ...waiting.map((one) => line(one, at)),
    ...left(login, unasked),
  ];
};

/** The record of `getWaiting`. */
export const getWaiting = query<WaitingFor>({
  name: 'getWaiting',
  word: 'mine',
  summary: 'What waits for you, the oldest first.',
  ofStage: false,
  answer: waitingFor,
  lines,
});
