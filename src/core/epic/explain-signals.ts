/** What signals add to the reasons why a stage is where it is: a pause of its own, and questions. */
import { type Explanation, plain } from './explanation.ts';
import { heldBy } from './hold.ts';
import { openQuestions } from './question.ts';
import { mayPause } from './require.ts';
import { code, nameOf, whoHolds } from './say-who.ts';
import type { OpenedEpic, Stage } from './state.ts';

const day = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** That the stage, or its kind, is paused by itself; nothing where it is not. */
export const explainHold = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => {
  const hold = heldBy(epic, stage);
  if (hold === undefined) return [];
  const { name, kind } = hold.part;
  const what = kind === 'stage' ? code(name) : `everything of ${code(name)}`;
  const says = `Paused: ${nameOf(hold.by)} paused ${what} on ${day(hold.at)}.`;
  return [plain(false, says, { who: mayPause(epic), next: code(`/resume ${name}`) })];
};

const words = { clarification: 'answer', evidence: 'evidence' } as const;

/** The questions that keep its gate from passing; an override passes them too. */
export const explainQuestions = (epic: OpenedEpic, stage: Stage): readonly Explanation[] =>
  stage.override !== undefined
    ? []
    : openQuestions(stage).map(({ id, by, at, kind }) => {
        const what = kind === 'evidence' ? 'asked for evidence' : 'asked a question';
        return plain(false, `${nameOf(by)} ${what} (${code(id)}) on ${day(at)}.`, {
          who:
            stage.claimant === undefined
              ? whoHolds(epic.rules, stage.definition.role)
              : nameOf(stage.claimant),
          next: code(`/${words[kind]} ${id} <text>`),
        });
      });
