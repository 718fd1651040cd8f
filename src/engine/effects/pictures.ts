/** How our issues of an epic should look now, by object: the whole of what is painted. */
import { createHash } from 'node:crypto';
import { explainStage } from '../../core/epic/explain.ts';
import { plain } from '../../core/epic/explanation.ts';
import { type EpicObject, stageObject } from '../../core/epic/object.ts';
import { pastRounds, roundOf } from '../../core/epic/round-of.ts';
import { findStage } from '../../core/epic/stage.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import { checklistIssue } from '../../core/render/checklist.ts';
import { pastIssue } from '../../core/render/past-issue.ts';
import { removedIssue } from '../../core/render/removed-issue.ts';
import { type IssuePicture, stageIssue } from '../../core/render/stage-issue.ts';

/** A digest that is equal when and only when two pictures are. */
export const digestOf = (picture: object): string =>
  createHash('sha256').update(JSON.stringify(picture)).digest('base64url').slice(0, 22);

/** Rounds that are over are shown where they were; an issue that is gone is not made again. */
const pastPictures = (
  epic: OpenedEpic,
  sign: (text: string) => string,
): readonly (readonly [EpicObject, IssuePicture])[] =>
  epic.stages.flatMap((stage) =>
    pastRounds(stage)
      .filter(({ issue }) => issue !== undefined)
      .map(
        (past) =>
          [stageObject(stage.definition.key, past.round), pastIssue(epic, stage, past, sign)] as const,
      ),
  );

/** `checklist`, then each stage's present round in the definition's order, then the rounds that are over,
 * then stages that were taken out and have an issue. */
export const picturesOf = (
  epic: OpenedEpic,
  sign: (text: string) => string,
): ReadonlyMap<EpicObject, IssuePicture> => {
  const explain = (key: string) => {
    const stage = findStage(epic, key);
    return stage === undefined ? plain(false, 'There is no such stage.') : explainStage(epic, stage);
  };
  const stages = epic.stages.map(
    (stage) =>
      [stageObject(stage.definition.key, roundOf(stage)), stageIssue(epic, stage, explain, sign)] as const,
  );
  const removed = (epic.removed ?? [])
    .filter((stage) => stage.issue !== undefined)
    .map((stage) => [stageObject(stage.key), removedIssue(epic, stage, sign)] as const);
  const checklist = ['checklist', checklistIssue(epic, explain, sign)] as const;
  return new Map<EpicObject, IssuePicture>([checklist, ...stages, ...pastPictures(epic, sign), ...removed]);
};
