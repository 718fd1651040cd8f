/** One sentence that says who an epic is waiting for; it names people without calling them. */
import { judgeGate } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { owedBy } from '../epic/outstanding.ts';
import { openQuestions } from '../epic/question.ts';
import { code, list, nameOf, whoHoldOneOf, whoHolds } from '../epic/say-who.ts';
import { isFinal, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { moment } from './moment.ts';
import { neutral } from './neutral.ts';

const mostNamed = 3;

/** `#13 ` and the key, or the key alone while the issue is not there yet. */
export const stageName = (stage: Stage): string =>
  `${stage.issue === undefined ? '' : `#${stage.issue.number} `}${code(stage.definition.key)}`;

/** Whom a submitted stage waits for, and for what: the end of "waiting for …". */
export const awaitedAtGate = (epic: OpenedEpic, stage: Stage): string => {
  const { missing, nearest, passed } = judgeGate(epic, stage);
  if (passed) return `its pull requests to be merged or closed (${stageName(stage)})`;
  const agreed = missing.length === 0 || stage.timedOut !== undefined;
  const owed = owedBy(epic, stage);
  if (owed.length > 0 && agreed)
    return `${list(owed.map(nameOf))} to settle what keeps the gate of ${stageName(stage)} shut`;
  const [question] = stage.override === undefined ? openQuestions(stage) : [];
  if (question !== undefined) {
    const who = stage.claimant === undefined ? code(stage.definition.role) : nameOf(stage.claimant);
    return `${who} to answer ${code(question.id)} about ${stageName(stage)}`;
  }
  return agreed
    ? `what keeps the gate of ${stageName(stage)} shut to be settled`
    : `${whoHoldOneOf(epic.rules, nearest)} to approve ${stageName(stage)}`;
};

/** What a stage waits for, as the end of "waiting for …"; undefined where it waits for other stages or for nothing. */
const awaited = (epic: OpenedEpic, stage: Stage): string | undefined => {
  const name = stageName(stage);
  const hold = isFinal(stage) ? undefined : heldBy(epic, stage);
  if (hold !== undefined && stage.status !== 'waiting')
    return `${code(`/resume ${hold.part.name}`)} of ${name}`;
  switch (shownStatus(stage)) {
    case 'ready':
      return `${whoHolds(epic.rules, stage.definition.role)} to claim ${name}`;
    case 'in-progress':
      return `${stage.claimant === undefined ? code(stage.definition.role) : nameOf(stage.claimant)} to ${
        stage.rejection === undefined ? 'submit' : 'mend and submit'
      } ${name}`;
    case 'in-review':
      return awaitedAtGate(epic, stage);
    case 'blocked':
      return `the ${stage.blockers.length === 1 ? 'blocker' : 'blockers'} of ${name} to be lifted`;
    default:
      return undefined;
  }
};

const ended = (epic: OpenedEpic): string | undefined => {
  if (epic.status === 'done') {
    return `Every stage is done or skipped${epic.endedAt === undefined ? '' : ` since ${moment(epic.endedAt)}`}.`;
  }
  const { cancellation } = epic;
  if (epic.status !== 'cancelled' || cancellation === undefined) return undefined;
  return `**Cancelled** by ${nameOf(cancellation.by)} on ${moment(cancellation.at)}: ${neutral(cancellation.text)}`;
};

/** "Waiting for … to claim …": the first three such things; or that the epic is paused, cancelled or done. */
export const waitingFor = (epic: OpenedEpic): string => {
  const end = ended(epic);
  if (end !== undefined) return end;
  if (epic.stop !== undefined) {
    const { by, at, text } = epic.stop;
    return `**EMERGENCY STOP** by ${nameOf(by)} since ${moment(at)}: ${neutral(text)} · every check fails until ${code('/resume')} by an override role`;
  }
  if (epic.pause !== undefined) {
    const reason = epic.pause.text === '' ? '' : `: ${neutral(epic.pause.text)}`;
    return `**Paused** by ${nameOf(epic.pause.by)} since ${moment(epic.pause.at)}${reason} · nothing moves until ${code('/resume')}`;
  }
  const all = epic.stages.flatMap((stage) => awaited(epic, stage) ?? []);
  if (all.length === 0) return 'Waiting for nobody.';
  const more = all.length <= mostNamed ? '' : `; and ${all.length - mostNamed} more`;
  return `Waiting for ${all.slice(0, mostNamed).join('; for ')}${more}.`;
};
