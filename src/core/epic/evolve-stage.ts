/** What an event does to one stage. */
import { startClock } from './clock.ts';
import type { EpicEvent } from './events.ts';
import { isFinal } from './stage.ts';
import { runOn, signOfLife, standStill } from './stage-clocks.ts';
import type { Approval, Stage, StageStatus, Statement } from './state.ts';

type StageEvent = Extract<
  Exclude<EpicEvent, { type: 'GateBypassed' }>,
  {
    type:
      | `Stage${string}`
      | `Gate${string}`
      | `Approval${string}`
      | `Blocker${string}`
      | 'EvidenceAdded'
      | 'AlarmRang'
      | 'ClaimExtended';
  }
>;

/** The stage in another status from a moment on: its clock begins anew. */
export const enter = (stage: Stage, status: StageStatus, at: string): Stage => ({
  ...stage,
  status,
  since: at,
  clock: startClock(at, stage.blockers.length > 0),
  rung: stage.rung.filter((kind) => kind === 'due'),
});

/** Ready for the first time, its life begins; given back, it goes on. */
const ready = (stage: Stage, at: string): Stage => {
  const { claimClock: _, ...rest } = enter(stage, 'ready', at);
  return { ...rest, life: stage.life ?? startClock(at, stage.blockers.length > 0) };
};

const released = (stage: Stage, at: string): Stage => {
  const { claimant: _, ...rest } = stage;
  return ready(rest, at);
};

const submitted = (stage: Stage, note: string, at: string): Stage => {
  const { rejection: _, timedOut: __, ...rest } = stage;
  return { ...enter(rest, 'in-review', at), submission: stage.submission + 1, note, widened: [] };
};

/** Back to the claimant: approvals and an override were for what has now been sent back. */
const rejected = (stage: Stage, rejection: Statement): Stage => {
  const { override: _, timedOut: __, ...rest } = stage;
  const back = { ...enter(rest, 'in-progress', rejection.at), approvals: [], gatePassed: false, rejection };
  return signOfLife({ ...back, widened: [] }, rejection.at);
};

/** The gate is another one: what was said of the old one counts no more. */
const voided = (stage: Stage): Stage => {
  const { override: _, timedOut: __, ...rest } = stage;
  return { ...rest, approvals: [], gatePassed: false };
};

/** What was said of a pull request that now has another base was said of something else (threats T15, T16). */
const without = (approval: Approval, pull: number): Approval => {
  const { [pull]: _, ...commits } = approval.commits;
  return { ...approval, commits };
};

/** The stage after an event of its own, a cancelled epic, or somebody's roles asked again. */
export const evolveStage = (
  stage: Stage,
  event: StageEvent | Extract<EpicEvent, { type: 'EpicCancelled' | 'PullRequestRetargeted' | 'RolesAsked' }>,
  paused = false,
): Stage => {
  const at = event.at;
  switch (event.type) {
    case 'StageReady':
      return ready(stage, at);
    case 'StageClaimed':
      return signOfLife({ ...enter(stage, 'in-progress', at), claimant: event.by }, at);
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
      return rejected(stage, { by: event.by, text: event.reason, at });
    case 'GatePassed':
      return { ...stage, gatePassed: true };
    case 'GateReopened':
      return { ...stage, gatePassed: false };
    case 'GateOverridden':
      return { ...stage, override: { by: event.by, text: event.reason, at } };
    case 'StageSkipped':
      return { ...enter(stage, 'skipped', at), skip: { by: event.by, text: event.reason, at } };
    case 'StageDone':
      return enter(stage, 'done', at);
    case 'BlockerRaised':
      return standStill(
        { ...stage, blockers: [...stage.blockers, { by: event.by, text: event.reason, at }] },
        at,
      );
    case 'BlockersLifted':
      return paused ? { ...stage, blockers: [] } : runOn({ ...stage, blockers: [] }, at);
    case 'AlarmRang':
      return { ...stage, rung: [...stage.rung, event.alarm] };
    case 'GateWidened':
      return { ...stage, widened: [...stage.widened, event.role] };
    case 'GateTimedOut':
      return { ...stage, timedOut: { by: event.by, text: event.reason, at } };
    case 'ApprovalOutdated':
      return { ...stage, approvals: stage.approvals.filter((one) => one.by.id !== event.person) };
    case 'ApprovalsVoided':
      return voided(stage);
    case 'ClaimExtended':
      return signOfLife(stage, at);
    case 'EvidenceAdded':
      return signOfLife(
        { ...stage, evidence: [...stage.evidence, { by: event.by, text: event.text, at }] },
        at,
      );
    case 'PullRequestRetargeted':
      return isFinal(stage)
        ? stage
        : { ...stage, approvals: stage.approvals.map((one) => without(one, event.number)) };
    case 'EpicCancelled':
      return isFinal(stage) ? stage : enter(stage, 'cancelled', at);
    case 'RolesAsked':
      return isFinal(stage)
        ? stage
        : {
            ...stage,
            approvals: stage.approvals.map((one) =>
              one.by.id === event.person ? { ...one, roles: event.roles } : one,
            ),
          };
  }
};
