/** What an event does to one stage. */
import type { EpicEvent } from './events.ts';
import { isFinal } from './stage.ts';
import type { Stage, StageStatus, Statement } from './state.ts';

type StageEvent = Extract<
  EpicEvent,
  { type: `Stage${string}` | `Gate${string}` | `Approval${string}` | `Blocker${string}` | 'EvidenceAdded' }
>;

const enter = (stage: Stage, status: StageStatus, at: string): Stage => ({ ...stage, status, since: at });

const released = (stage: Stage, at: string): Stage => {
  const { claimant: _, ...rest } = stage;
  return enter(rest, 'ready', at);
};

const submitted = (stage: Stage, note: string, at: string): Stage => {
  const { rejection: _, ...rest } = stage;
  return { ...enter(rest, 'in-review', at), submission: stage.submission + 1, note };
};

/** Back to the claimant: approvals and an override were for what has now been sent back. */
const rejected = (stage: Stage, rejection: Statement): Stage => {
  const { override: _, ...rest } = stage;
  return { ...enter(rest, 'in-progress', rejection.at), approvals: [], gatePassed: false, rejection };
};

/** The stage after an event of its own, a cancelled epic, or somebody's roles asked again. */
export const evolveStage = (
  stage: Stage,
  event: StageEvent | Extract<EpicEvent, { type: 'EpicCancelled' | 'RolesAsked' }>,
): Stage => {
  const at = event.at;
  switch (event.type) {
    case 'StageReady':
      return enter(stage, 'ready', at);
    case 'StageClaimed':
      return { ...enter(stage, 'in-progress', at), claimant: event.by };
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
      return { ...stage, blockers: [...stage.blockers, { by: event.by, text: event.reason, at }] };
    case 'BlockersLifted':
      return { ...stage, blockers: [] };
    case 'EvidenceAdded':
      return { ...stage, evidence: [...stage.evidence, { by: event.by, text: event.text, at }] };
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
