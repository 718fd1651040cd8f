/** What an event does to one stage. */
import { isOutdated } from './approval.ts';
import { startClock } from './clock.ts';
import type { EpicEvent, StageReopened } from './events.ts';
import { evolveOutstanding, isOutstanding, type OutstandingEvent, sentBack } from './evolve-outstanding.ts';
import { heldNow } from './held-now.ts';
import { isFinal } from './stage.ts';
import { enter, signOfLife } from './stage-clocks.ts';
import type { Approval, Stage, Statement } from './state.ts';

type StageEvent = Extract<
  Exclude<EpicEvent, StageReopened | { type: 'GateBypassed' }>,
  {
    type:
      | `Stage${string}`
      | `Gate${string}`
      | `Approval${string}`
      | `Blocker${string}`
      | OutstandingEvent['type']
      | 'EvidenceAdded'
      | 'AlarmRang'
      | 'ClaimExtended'
      | 'ReviewersChosen';
  }
>;

/** What was said, with whoever said it and in whose place. */
const said = ({ by, instead, at }: StageEvent, text: string): Statement => ({
  by,
  ...(instead !== undefined && { instead }),
  text,
  at,
});

/** Ready for the first time, its life begins; given back, it goes on. */
const ready = (stage: Stage, at: string): Stage => {
  const { claimClock: _, ...rest } = enter(stage, 'ready', at);
  return { ...rest, life: stage.life ?? startClock(at, stage.blockers.length > 0) };
};

const claimed = (stage: Stage, event: Extract<StageEvent, { type: 'StageClaimed' }>): Stage => {
  const { by, instead, at, over } = event;
  const claimant = { claimant: by, ...(instead !== undefined && { claimedFor: instead }) };
  const beyond = over === undefined ? {} : { overLimit: said(event, over) };
  return signOfLife({ ...enter(stage, 'in-progress', at), ...claimant, ...beyond }, at);
};

const released = (stage: Stage, at: string): Stage => {
  const { claimant: _, claimedFor: __, overLimit: ___, ...rest } = stage;
  return ready(rest, at);
};

const submitted = (stage: Stage, note: string, at: string): Stage => {
  const { rejection: _, timedOut: __, reviewers: ___, asked: ____, overtaken: _____, ...rest } = stage;
  return { ...enter(rest, 'in-review', at), submission: stage.submission + 1, note, widened: [] };
};

/** Back to the claimant: approvals and an override were for what has now been sent back. */
const rejected = (stage: Stage, rejection: Statement, saidAt: string): Stage => {
  const { override: _, timedOut: __, ...rest } = sentBack(stage);
  const back = { ...enter(rest, 'in-progress', rejection.at), approvals: [], gatePassed: false, rejection };
  return signOfLife({ ...back, widened: [], sentBackAt: saidAt }, rejection.at);
};

const asked = (stage: Stage, event: Extract<StageEvent, { type: 'ReviewersChosen' }>): Stage => ({
  ...stage,
  reviewers: [...(stage.reviewers ?? []), ...event.people.map((one) => ({ ...one, at: event.at }))],
  asked: { ...stage.asked, ...Object.fromEntries(event.roles.map((role) => [role, event.turn])) },
});

/** The gate is another one: what was said of the old one counts no more. */
const voided = (stage: Stage): Stage => {
  const { override: _, timedOut: __, ...rest } = stage;
  return { ...rest, approvals: [], gatePassed: false };
};

/** Nobody was waited for while it was passed; whoever it was opened to may still approve. */
const askedAnew = (stage: Stage, { at, timeOver }: Extract<StageEvent, { type: 'GateReopened' }>): Stage => {
  const { timedOut, overtaken: _, ...rest } = stage;
  return {
    ...rest,
    ...(timedOut !== undefined && timeOver !== true && { timedOut }),
    gatePassed: false,
    clock: startClock(at, stage.blockers.length > 0),
    rung: stage.rung.filter((kind) => kind === 'due' || kind === 'widen'),
  };
};

/** By whatever it is passed now: what overtook an earlier passing is over. */
const gatePassed = ({ overtaken: _, ...stage }: Stage): Stage => ({ ...stage, gatePassed: true });

/** Whether the gate is open again is seen when the stage may move. */
const overtaken = (stage: Stage, reason: string): Stage => {
  const { override: _, timedOut: __, ...rest } = stage;
  return { ...rest, overtaken: reason };
};

/**
 * What was said of a pull request that now has another base was said of something else (threats T15, T16). An approval of
 * nothing else goes: without that pull request it would be taken for one of a stage that never had any.
 */
const without = (approval: Approval, pull: number): readonly Approval[] => {
  const { [pull]: said, ...commits } = approval.commits;
  return said !== undefined && Object.keys(commits).length === 0 ? [] : [{ ...approval, commits }];
};

/** The stage after an event of its own, a cancelled epic, or somebody's roles asked again. */
export const evolveStage = (
  stage: Stage,
  event: StageEvent | Extract<EpicEvent, { type: 'EpicCancelled' | 'PullRequestRetargeted' | 'RolesAsked' }>,
): Stage => {
  const at = event.at;
  if (isOutstanding(event)) return evolveOutstanding(stage, event);
  switch (event.type) {
    case 'StageReady':
      return ready(stage, at);
    case 'StageClaimed':
      return claimed(stage, event);
    case 'StageReleased':
      return released(stage, at);
    case 'StageSubmitted':
      return submitted(stage, event.note, at);
    case 'ApprovalGiven':
      return {
        ...stage,
        approvals: [...stage.approvals.filter((one) => one.by.id !== event.approval.by.id), event.approval],
      };
    case 'ApprovalRevoked':
      return { ...stage, approvals: stage.approvals.filter((one) => one.commentId !== event.commentId) };
    case 'StageRejected':
      return rejected(stage, said(event, event.reason), event.saidAt ?? event.at);
    case 'GatePassed':
      return gatePassed(stage);
    case 'GateReopened':
      return event.anew === true ? askedAnew(stage, event) : { ...stage, gatePassed: false };
    case 'GateOverridden':
      return { ...stage, override: said(event, event.reason) };
    case 'StageSkipped':
      return { ...enter(stage, 'skipped', at), skip: said(event, event.reason) };
    case 'StageDone':
      return enter(stage, 'done', at);
    case 'BlockerRaised': {
      const blocker = { id: event.blocker ?? '', ...said(event, event.reason) };
      return { ...stage, blockers: [...stage.blockers, blocker] };
    }
    case 'BlockersLifted': {
      const left = stage.blockers.filter((one) => event.blocker !== undefined && one.id !== event.blocker);
      return { ...stage, blockers: left };
    }
    case 'AlarmRang':
      return { ...stage, rung: [...stage.rung, event.alarm] };
    case 'GateWidened':
      return { ...stage, widened: [...stage.widened, event.role] };
    case 'GateOvertaken':
      return overtaken(stage, event.reason);
    case 'GateTimedOut':
      return { ...stage, timedOut: said(event, event.reason) };
    case 'ApprovalOutdated':
      return { ...stage, approvals: stage.approvals.filter((one) => !isOutdated(one, event)) };
    case 'ReviewersChosen':
      return asked(stage, event);
    case 'ApprovalsVoided':
      return voided(stage);
    case 'ClaimExtended':
      return signOfLife(stage, at);
    case 'EvidenceAdded':
      return signOfLife({ ...stage, evidence: [...stage.evidence, said(event, event.text)] }, at);
    case 'PullRequestRetargeted':
      return isFinal(stage)
        ? stage
        : { ...stage, approvals: stage.approvals.flatMap((one) => without(one, event.number)) };
    case 'EpicCancelled':
      return isFinal(stage) ? stage : enter(stage, 'cancelled', at);
    case 'RolesAsked':
      return isFinal(stage)
        ? stage
        : {
            ...stage,
            approvals: stage.approvals.map((one) => (one.by.id === event.person ? heldNow(one, event) : one)),
          };
  }
};
