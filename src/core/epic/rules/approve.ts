/** One approval by comment: by a holder of the gate's roles, for a commit they named or were shown (contract §4, threats T12). */
import type { Role } from '../../workflow/definition.ts';
import { onePerson } from '../agents.ts';
import { requireAfterNo } from '../before-a-no.ts';
import { beforeReview } from '../before-review.ts';
import type { Approve } from '../commands.ts';
import { isAmbiguous, isNamed, writtenBefore } from '../commit-meant.ts';
import type { EpicEvent } from '../events.ts';
import { type GateVerdict, judgeGate, liveReview } from '../gate.ts';
import { openConcerns } from '../open-concerns.ts';
import { ownWork } from '../own-work.ts';
import type { Person } from '../person.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireRole } from '../require.ts';
import { requirePresent } from '../require-present.ts';
import { requireVisible } from '../require-visible.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, nameOf, whoHoldOneOf } from '../say-who.ts';
import { judgedPulls, mayFill, shownStatus } from '../stage.ts';
import type { Approval, OpenedEpic, Pull, Stage } from '../state.ts';

const gateOpen = (epic: OpenedEpic, stage: Stage): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (stage.definition.gate === undefined) {
    return refuse('no-gate', `${key} has no gate: it is done when its claimant submits it.`, {
      ...beforeReview(epic, stage),
    });
  }
  if (stage.status === 'in-review') return undefined;
  if (stage.status === 'done' || stage.status === 'skipped') {
    return refuse('already-done', `${key} is ${stage.status} already; that is final.`);
  }
  return refuse(
    'gate-not-open',
    `${key} is ${shownStatus(stage)}: it can be approved once it is submitted.`,
    beforeReview(epic, stage),
  );
};

const headNow = (pull: Pull, command: Approve): string | undefined =>
  command.pulls.find((one) => one.number === pull.number)?.head;

/** What the person has said before, and whether the commit they name now is the head of any of the stage's pull requests. */
interface Given {
  readonly before: Readonly<Record<number, string | undefined>>;
  readonly named: boolean;
}

/** The commit this approval holds for on one pull request, or why it holds for none. */
const commitFor = (pull: Pull, command: Approve, given: Given): string | Refusal => {
  const head = headNow(pull, command);
  if (head === undefined) {
    return refuse(
      'facts-missing',
      `GitHub did not say what the head of #${pull.number} is now, so nothing was counted.`,
      {
        next: `${code('/approve')} again in a minute`,
      },
    );
  }
  const short = head.slice(0, 7);
  if (isAmbiguous(pull, head, command)) {
    return refuse(
      'which-commit',
      `#${pull.number} had another head that begins with ${code(command.commit ?? '')}.`,
      { next: code(`/approve ${head}`) },
    );
  }
  if (isNamed(head, command) || given.before[pull.number] === head) return head;
  if (command.commit !== undefined && !given.named) {
    return refuse(
      'no-such-commit',
      `The head of #${pull.number} is ${code(short)}, not ${code(command.commit)}.`,
      {
        next: code(`/approve ${short}`),
      },
    );
  }
  const next = given.named ? `approve #${pull.number} with a review of its own` : code(`/approve ${short}`);
  if (pull.fork) {
    return refuse('name-the-commit', `#${pull.number} comes from a fork: say which commit you have read.`, {
      next,
    });
  }
  const before = writtenBefore(pull, command);
  if (pull.shown === head && before === undefined) return head;
  if (before === 'link')
    return refuse('head-moved', `#${pull.number} came to this stage after that was written.`, { next });
  return refuse('head-moved', `#${pull.number} was pushed to: its head is now ${code(short)}.`, { next });
};

const saidBefore = (stage: Stage, pulls: readonly Pull[], person: number): Given['before'] =>
  Object.fromEntries(
    pulls.map((pull) => [
      pull.number,
      liveReview(pull, person)?.commit ??
        stage.approvals.find((one) => one.by.id === person)?.commits[pull.number],
    ]),
  );

/** A named commit speaks for the pull requests whose head it is; the others are taken as without a name. */
const commitsFor = (
  stage: Stage,
  pulls: readonly Pull[],
  command: Approve,
): Readonly<Record<number, string>> | Refusal => {
  const commits: Record<number, string> = {};
  const open = pulls.filter((one) => one.state === 'open');
  const given: Given = {
    before: saidBefore(stage, open, command.by.id),
    named: open.some((pull) => isNamed(headNow(pull, command), command)),
  };
  for (const pull of open) {
    const commit = commitFor(pull, command, given);
    if (typeof commit !== 'string') return commit;
    commits[pull.number] = commit;
  }
  for (const pull of pulls.filter((one) => one.state === 'merged')) commits[pull.number] = pull.head;
  return commits;
};

const given = (epic: OpenedEpic, stage: Stage, command: Approve): readonly EpicEvent[] | Refusal => {
  const commits = commitsFor(stage, judgedPulls(epic, stage.definition.key), command);
  if (isRefusal(commits)) return commits;
  const roles = mayFill(stage).filter((role) => command.roles.includes(role));
  const instead = (command.instead ?? []).filter((one) => roles.includes(one.role));
  const approval = {
    by: command.by,
    roles,
    ...(instead.length > 0 && { instead }),
    commentId: command.commentId,
    commits,
    note: command.note,
    at: command.at,
    ...(command.condition === undefined ? {} : { condition: command.condition }),
  };
  const event: EpicEvent = {
    type: 'ApprovalGiven',
    stage: stage.definition.key,
    approval,
    at: command.at,
    by: command.by,
  };
  return unlessUseless(epic, stage, event);
};

/** Who has filled a role of the gate already among those this approval is given for, and those who stand for its giver. */
const seatTaken = (
  filled: GateVerdict['filled'],
  { by, instead = [] }: Approval,
): { readonly by: Person; readonly role: Role } | undefined => {
  const ids = [by.id, ...instead.map(({ of }) => of.id)];
  return filled.find((one) => ids.includes(one.by.id) || ids.includes(one.instead?.id ?? -1));
};

/** Whether any way to pass lacks less than before, be it the nearest or not; once the roles of one are filled, none has to. */
const nearer = (before: GateVerdict, after: GateVerdict): boolean =>
  before.missing.length > 0 &&
  after.ways.some(({ missing }, way) => missing.length < (before.ways[way]?.missing.length ?? 0));

/** An approval that adds nothing is refused with the reason, so that nobody believes it counted. */
const unlessUseless = (
  epic: OpenedEpic,
  stage: Stage,
  event: Extract<EpicEvent, { type: 'ApprovalGiven' }>,
): readonly EpicEvent[] | Refusal => {
  // A condition is taken to hold: what is asked is whether the approval could ever add anything.
  const { condition: _, ...counted } = event.approval;
  const before = judgeGate(epic, stage);
  const said = {
    ...stage,
    approvals: [...stage.approvals.filter((one) => one.by.id !== event.by.id), counted],
  };
  const after = judgeGate(epic, said);
  if (nearer(before, after)) return [event];
  if (openConcerns(epic, said).length < openConcerns(epic, stage).length) return [event];
  const seats = before.ways.flatMap(({ filled }) => filled);
  const mine = seats.find((one) => onePerson(epic.rules, one.by.id, event.by.id));
  const who = after.missing.length === 0 ? {} : { who: whoHoldOneOf(epic.rules, after.nearest) };
  if (mine === undefined) {
    const seat = seatTaken(before.filled, event.approval);
    if (seat !== undefined) {
      const why = `${nameOf(seat.by)} has approved as ${code(seat.role)} already; whoever is away and whoever stands for them fill one role of a gate together.`;
      return refuse('one-role-each', why, who);
    }
    if (after.missing.length === 0)
      return refuse('approved-already', 'The gate has every approval it needs already.', {
        next: `${code('/why')} says what it still waits for`,
      });
    const roles = event.approval.roles.map(code).join(', ');
    return refuse('approved-already', `Somebody has approved as ${roles} already.`, who);
  }
  const open = after.wanted.filter((role) => event.approval.roles.includes(role));
  return open.length > 0
    ? refuse(
        'one-role-each',
        `${mine.by.id === event.by.id ? 'You have' : `${nameOf(mine.by)}, who is one person with you, has`} approved as ${code(mine.role)}; one person fills one role of a gate.`,
        who,
      )
    : refuse('approved-already', `You have approved as ${code(mine.role)} already.`, who);
};

/** `ApprovalGiven`, or why it does not count. Whether the gate is passed is judged afterwards, in `settle`. */
export const approve = (epic: OpenedEpic, command: Approve): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'in-review');
  if (isRefusal(stage)) return stage;
  const roles = mayFill(stage);
  return (
    requireMoving(epic, stage) ??
    gateOpen(epic, stage) ??
    requirePresent(stage, command.saidAt) ??
    requireAfterNo(stage, command) ??
    requireRole(epic, command, roles, `approve ${code(stage.definition.key)}`) ??
    ownWork(epic, stage, command) ??
    requireVisible(epic, stage, command.condition) ??
    given(epic, stage, command)
  );
};
