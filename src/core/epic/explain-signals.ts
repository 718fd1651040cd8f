/** What signals add to the reasons why a stage is where it is: a pause of its own, and questions. */
import { type Explanation, plain } from './explanation.ts';
import { heldBy } from './hold.ts';
import { openQuestions } from './question.ts';
import { mayPause } from './require.ts';
import { code, nameOf, whoHolds } from './say-who.ts';
import type { OpenedEpic, Stage } from './state.ts';

const day = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

const held = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => {
  const hold = heldBy(epic, stage);
  if (hold === undefined) return [];
  const { name, kind } = hold.part;
  const what = kind === 'stage' ? code(name) : `everything of ${code(name)}`;
  const says = `Paused: ${nameOf(hold.by)} paused ${what} on ${day(hold.at)}.`;
  return [plain(false, says, { who: mayPause(epic), next: code(`/resume ${name}`) })];
};

const words = { clarification: 'answer', evidence: 'evidence' } as const;

const questions = (epic: OpenedEpic, stage: Stage): readonly Explanation[] =>
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

/** The parts of a stage's explanation that come from signals; none where there are none. */
export const explainSignals = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => [
  ...held(epic, stage),
  ...questions(epic, stage),
];
