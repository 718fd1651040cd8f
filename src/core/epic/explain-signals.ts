/** What signals add to the reasons why a stage is where it is: a pause of its own, and questions. */
import { type Explanation, plain } from './explanation.ts';
import { confirmWithin, isAskedFor } from './glass.ts';
import { heldBy } from './hold.ts';
import { openQuestions } from './question.ts';
import { mayPause } from './require.ts';
import { code, nameOf, whoHoldAny, whoHolds } from './say-who.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** A moment as people read it. */
export const day = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

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

/** A /skip or /override that waits for a second person; nothing the gate needs, so it holds. */
export const explainGlass = (epic: OpenedEpic, stage: Stage): readonly Explanation[] =>
  (epic.glasses ?? [])
    .filter((one) => one.stage === stage.definition.key && one.used === undefined && isAskedFor(stage, one))
    .slice(-1)
    .map((one) => {
      const until = new Date(Date.parse(one.at) + confirmWithin).toISOString();
      const who = `somebody else of ${whoHoldAny(epic.rules, epic.rules.policy.overrideRoles)}`;
      const says = `${nameOf(one.by)} asked to ${one.what} it (${code(one.id)}): a second person may confirm that until ${day(until)}.`;
      return plain(true, says, { who, next: code(`/confirm ${one.id}`) });
    });
