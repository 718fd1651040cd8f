/** The issue of a round that is over: closed, saying what was done in it and where the work goes on. */
import { stageObject } from '../epic/object.ts';
import { pastRounds, roundOf } from '../epic/round-of.ts';
import { code, nameOf } from '../epic/say-who.ts';
import type { OpenedEpic, PastRound, Stage } from '../epic/state.ts';
import { approvalsOf } from './approvals-of.ts';
import { asItWas } from './as-it-was.ts';
import { bodyOf, type IssuePicture } from './issue-picture.ts';
import { stageLabels } from './labels.ts';
import { writeMarker } from './marker.ts';
import { moment } from './moment.ts';
import { wentBack } from './round-text.ts';
import { stageHistory } from './stage-history.ts';
import { stageTitle } from './stage-title.ts';

const outcomes: Readonly<Record<PastRound['outcome'], string>> = {
  done: 'was done',
  skipped: 'was skipped',
  failed: 'had failed',
  cancelled: 'was cancelled',
  rejected: 'was rejected',
  'sent-back': 'was sent back before it was done',
};

const nextIssue = (stage: Stage, past: PastRound): string => {
  const next = past.round + 1;
  const issue =
    next === roundOf(stage) ? stage.issue : pastRounds(stage).find(({ round }) => round === next)?.issue;
  return `Round ${next}${issue === undefined ? '' : `: #${issue.number}`}`;
};

const approvals = (past: PastRound): string => {
  const lines = approvalsOf(past).map(
    ({ by, roles, at }) =>
      `- ${nameOf(by)}${roles.length === 0 ? '' : ` as ${roles.map(code).join(', ')}`} on ${moment(at)}`,
  );
  return lines.length === 0 ? '' : ['### Approved in this round by', '', ...lines].join('\n');
};

/** It changes only when the next round's issue gets its number. `sign` gives the marker's signature. */
export const pastIssue = (
  epic: OpenedEpic,
  stage: Stage,
  past: PastRound,
  sign: (text: string) => string,
): IssuePicture => {
  const was = asItWas(stage, past);
  const { subject, round } = epic;
  const { key } = stage.definition;
  const object = stageObject(key, past.round);
  const marker = { repository: subject.repository.id, epic: String(subject.issue.id), round, object };
  const body = bodyOf([
    { text: writeMarker(marker, sign) },
    {
      text: `**Round ${past.round} of ${code(key)} is over** · it ${outcomes[past.outcome]} on ${moment(past.endedAt)} · part of #${subject.issue.number}`,
    },
    { text: `> [!NOTE]\n> ${wentBack(past.ended)}\n> **${nextIssue(stage, past)}**` },
    { text: past.claimant === undefined ? '' : `**Claimed by:** ${nameOf(past.claimant)}` },
    { text: approvals(past) },
    ...stageHistory({ ...epic, pulls: past.pulls }, was),
  ]);
  return {
    title: stageTitle(epic, was),
    body,
    labels: stageLabels(was),
    assignees: past.claimant === undefined ? [] : [past.claimant.login],
    state: 'closed',
    stateReason: past.outcome === 'done' ? 'completed' : 'not_planned',
  };
};
