/** What we make on GitHub for an epic, by name: its checklist issue, and one issue per round of each stage. */
import { pastRounds, roundOf } from './round-of.ts';
import type { OpenedEpic } from './state.ts';
import type { IssueRef } from './subject.ts';

/** `checklist`, or `stage:` and the stage's key, from its second round on with `#2` behind it (keys have no `#`). */
export type EpicObject = 'checklist' | `stage:${string}`;

const pattern = /^stage:([^#]+)(?:#([1-9]\d{0,8}))?$/;

/** The name of a stage's issue in one of its rounds. */
export const stageObject = (key: string, round = 1): EpicObject =>
  `stage:${key}${round === 1 ? '' : `#${round}`}`;

/** A text as an object's name; undefined for anything else. */
export const readObject = (text: string): EpicObject | undefined => {
  if (text === 'checklist') return text;
  const [, key, round] = pattern.exec(text) ?? [];
  return key === undefined ? undefined : stageObject(key, Number(round ?? 1));
};

/** The key in a stage object's name; undefined for the checklist. */
export const stageOf = (object: EpicObject): string | undefined => pattern.exec(object)?.[1];

/** The stage's round in a stage object's name. */
export const roundIn = (object: EpicObject): number => Number(pattern.exec(object)?.[2] ?? 1);

/** The issue an object is now, if it was made. */
export const issueOf = (epic: OpenedEpic, object: EpicObject): IssueRef | undefined => {
  const key = stageOf(object);
  if (key === undefined) return epic.checklist;
  const stage = epic.stages.find((one) => one.definition.key === key);
  if (stage === undefined) return epic.removed?.find((one) => one.key === key)?.issue;
  const round = roundIn(object);
  if (round === roundOf(stage)) return stage.issue;
  return pastRounds(stage).find((past) => past.round === round)?.issue;
};
