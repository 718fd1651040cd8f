/** What a signal's event does to an epic. */
import type { StageKey } from '../workflow/definition.ts';
import { evolveGlass } from './evolve-glass.ts';
import { evolveUndo } from './evolve-undo.ts';
import { newStage } from './new-stage.ts';
import type { Question } from './question.ts';
import type { SignalEvent } from './signal-event.ts';
import type { OpenedEpic, Stage, Statement } from './state.ts';

type Of<Type extends SignalEvent['type']> = Extract<SignalEvent, { type: Type }>;

/** The epic with one of its stages changed. */
export const changeStage = (
  epic: OpenedEpic,
  key: StageKey,
  change: (stage: Stage) => Stage,
): OpenedEpic => ({
  ...epic,
  stages: epic.stages.map((stage) => (stage.definition.key === key ? change(stage) : stage)),
});

const resumed = (epic: OpenedEpic, { part }: Of<'PartResumed'>): OpenedEpic => ({
  ...epic,
  holds: (epic.holds ?? []).filter((one) => one.part.kind !== part.kind || one.part.name !== part.name),
});

const stopped = (epic: OpenedEpic, { by, at, reason }: Of<'EpicStopped'>): OpenedEpic => {
  const said: Statement = { by, at, text: reason };
  return { ...epic, status: 'paused', pause: said, stop: said, stops: (epic.stops ?? 0) + 1 };
};

const asked = (epic: OpenedEpic, event: Of<'QuestionAsked'>): OpenedEpic => {
  const { question: id, kind, text, by, at } = event;
  return changeStage(epic, event.stage, (stage) => ({
    ...stage,
    questions: [...(stage.questions ?? []), { id, kind, text, by, at }],
  }));
};

const settledQuestion = (
  epic: OpenedEpic,
  event: Of<'QuestionAnswered' | 'QuestionWithdrawn'>,
  change: Pick<Question, 'answer' | 'withdrawn'>,
): OpenedEpic =>
  changeStage(epic, event.stage, (stage) => ({
    ...stage,
    questions: (stage.questions ?? []).map((one) =>
      one.id === event.question ? { ...one, ...change } : one,
    ),
  }));

const prioritised = (epic: OpenedEpic, event: Of<'PrioritySet'>): OpenedEpic => {
  const { level, stage: key, by, at, reason: text } = event;
  const priority = { level, by, at, text };
  return key === undefined
    ? { ...epic, priority }
    : changeStage(epic, key, (stage) => ({ ...stage, priority }));
};

/** The definition pinned in the epic grows; the file it came from does not. A stage that was taken out before finds its issue again. */
const extended = (epic: OpenedEpic, event: Of<'WorkflowExtended'>): OpenedEpic => {
  const { key } = event.definition;
  const issue = epic.removed?.find((one) => one.key === key)?.issue;
  const added: Stage = {
    ...newStage(event.definition, event.at),
    addedBefore: event.before,
    ...(event.unvouched !== undefined && { unvouched: event.unvouched }),
    ...(issue !== undefined && { issue }),
  };
  const stages = [...epic.stages, added].map((stage) =>
    event.before.includes(stage.definition.key)
      ? {
          ...stage,
          definition: {
            ...stage.definition,
            dependsOn: [...stage.definition.dependsOn, event.definition.key],
          },
        }
      : stage,
  );
  const definition = { ...epic.definition, stages: stages.map((stage) => stage.definition) };
  const removed = epic.removed?.filter((one) => one.key !== key);
  return { ...epic, definition, stages, ...(removed !== undefined && { removed }) };
};

/** The epic after one signal; total, believing. */
export const evolveSignal = (epic: OpenedEpic, event: SignalEvent): OpenedEpic => {
  const said = (text: string): Statement => ({ by: event.by, at: event.at, text });
  switch (event.type) {
    case 'PartPaused':
      return { ...epic, holds: [...(epic.holds ?? []), { ...said(event.reason), part: event.part }] };
    case 'PartResumed':
      return resumed(epic, event);
    case 'EpicStopped':
      return stopped(epic, event);
    case 'QuestionAsked':
      return asked(epic, event);
    case 'QuestionAnswered':
      return settledQuestion(epic, event, { answer: said(event.text) });
    case 'QuestionWithdrawn':
      return settledQuestion(epic, event, { withdrawn: said('') });
    case 'PrioritySet':
      return prioritised(epic, event);
    case 'WorkflowExtended':
      return extended(epic, event);
    case 'DeedUndone':
      return evolveUndo(epic, event);
    default:
      return evolveGlass(epic, event);
  }
};
