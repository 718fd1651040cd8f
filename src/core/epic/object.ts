/** What we make on GitHub for an epic, by name: its checklist issue, and one issue per stage. */
import type { OpenedEpic } from './state.ts';
import type { IssueRef } from './subject.ts';

/** `checklist`, or `stage:` and the stage's key. */
export type EpicObject = 'checklist' | `stage:${string}`;

const prefix = 'stage:';

/** The name of a stage's issue. */
export const stageObject = (key: string): EpicObject => `${prefix}${key}`;

/** A text as an object's name; undefined for anything else. */
export const readObject = (text: string): EpicObject | undefined => {
  if (text === 'checklist') return text;
  return text.startsWith(prefix) ? stageObject(text.slice(prefix.length)) : undefined;
};

/** The key in a stage object's name; undefined for the checklist. */
export const stageOf = (object: EpicObject): string | undefined =>
  object === 'checklist' ? undefined : object.slice(prefix.length);

/** The issue an object is now, if it was made. */
export const issueOf = (epic: OpenedEpic, object: EpicObject): IssueRef | undefined => {
  const key = stageOf(object);
  return key === undefined
    ? epic.checklist
    : (
        epic.stages.find((stage) => stage.definition.key === key) ??
        epic.removed?.find((stage) => stage.key === key)
      )?.issue;
};
