/** The way on as a numbered list: who types what, and where. */
import { code, list } from '../epic/say-who.ts';
import { isSettled } from '../epic/stage.ts';
import type { NextStep, WayOn } from './get-next-steps.ts';
import type { Asked } from './query.ts';

const mostWays = 5;

const either = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

const whoIs = (step: NextStep, before: readonly NextStep[]): string => {
  if (step.nobody)
    return `**nobody yet** (give somebody ${either(step.roles.map(code))} in \`.github/gatehouse.yml\`)`;
  if (step.type === 'Merge') return 'anyone who may merge';
  const names = either(step.who.map(code));
  if (step.sameAs !== null) {
    const single = step.who.length === 1 && !(step.who[0] ?? '').includes('/');
    return single ? names : `whoever does step ${step.sameAs}`;
  }
  const again = before.some((one) => one.who.length > 0 && one.who.join() === step.who.join());
  return again ? `somebody else of ${names}` : names;
};

const line = (step: NextStep, index: number, steps: readonly NextStep[]): string => {
  const roles = step.roles.length === 0 || step.nobody ? '' : ` (${step.roles.map(code).join(', ')})`;
  const said = step.next.startsWith('/');
  const where = said && step.number !== null ? ` on #${step.number}` : '';
  return `${index + 1}. ${whoIs(step, steps.slice(0, index))}${roles}: ${said ? code(step.next) : step.next}${where}`;
};

const count = (many: number, one: string, several: string): string => `${many} ${many === 1 ? one : several}`;

const wayText = ({ stage, steps, people, possible, smallest }: WayOn): readonly string[] => {
  if (steps.length === 0)
    return [`**${code(stage)}** cannot be brought further by commands. **Next:** ${code(`/why ${stage}`)}`];
  const least = smallest ? '' : ' (there may be a shorter way)';
  const size = `${count(steps.length, 'step', 'steps')} by ${count(people, 'person', 'people')}`;
  const head = possible
    ? `**${code(stage)}** is done after ${size}${least}:`
    : `**${code(stage)}** cannot be done by the people who are named now; with somebody more, after ${size}:`;
  return [head, '', ...steps.map(line)];
};

/** The lines of `/next`. */
export const nextStepsText = (asked: Asked, over: boolean, ways: readonly WayOn[]): readonly string[] => {
  const { epic, stage } = asked;
  if (over) return [`Nothing is left to do: the epic is ${epic.status}.`];
  if (ways.length === 0) {
    const settled = epic.stages.find((one) => one.definition.key === stage && isSettled(one));
    return settled === undefined
      ? ['Nothing can go on now.']
      : [`${code(settled.definition.key)} is ${settled.status}: nothing is missing.`];
  }
  const left = ways.slice(mostWays).map((way) => code(way.stage));
  return [
    ...ways.slice(0, mostWays).flatMap((way, index) => [...(index === 0 ? [] : ['']), ...wayText(way)]),
    ...(left.length === 0 ? [] : ['', `The same can be asked of ${list(left)}: ${code('/next <stage>')}`]),
  ];
};
