/** What somebody reads who is refused. */
import type { EpicCommand, Facts } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import { facts, type Given, type Wanted } from './given.ts';

/** The refusal as three lines: why, who may (`–`: not said), what to type (`–`). */
export const said = (given: Given, by: Person, wanted: Wanted, more: Partial<Facts> = {}): string => {
  const { refusal } = decide(given.epic, { ...wanted, ...facts(by, more) } as EpicCommand);
  return refusal === undefined
    ? 'not refused'
    : [refusal.why, refusal.who ?? '–', refusal.next ?? '–'].join('\n');
};
