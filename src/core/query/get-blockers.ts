/** `getBlockers`: what somebody said stands in a stage's way, who may lift it and what they type. */
import { code, nameOf, whoHoldAny } from '../epic/say-who.ts';
import { isFinal } from '../epic/stage.ts';
import type { Stage } from '../epic/state.ts';
import { lengthText } from '../render/length-text.ts';
import { neutral } from '../render/neutral.ts';
import { stageName } from '../render/waiting-for.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';
import { secondsBetween } from './steps.ts';

/** One open blocker. */
export interface Blocker {
  /** What `/unblock` calls it. */
  readonly id: string;
  readonly stage: string;
  readonly issue: number | null;
  readonly by: string;
  readonly since: string;
  readonly reason: string;
  /** Roles whose holders may lift it. */
  readonly liftedBy: readonly string[];
}

/** The answer of `getBlockers`. */
interface Blockers {
  /** Set while nothing moves at all. */
  readonly paused: { readonly by: string; readonly since: string; readonly reason: string } | null;
  readonly blockers: readonly Blocker[];
}

/** The open blockers of a stage, the oldest first; none once it is over. */
export const blockersOf = (stage: Stage): readonly Blocker[] => {
  if (isFinal(stage)) return [];
  const { key, role, gate } = stage.definition;
  return stage.blockers.map((one) => ({
    id: one.id,
    stage: key,
    issue: stage.issue?.number ?? null,
    by: one.by.login,
    since: one.at,
    reason: one.text,
    liftedBy: [...new Set([role, ...(gate?.approvers ?? [])])],
  }));
};

const answer = (asked: Asked): Blockers => {
  const { pause } = asked.epic;
  return {
    paused: pause === undefined ? null : { by: pause.by.login, since: pause.at, reason: pause.text },
    blockers: askedStages(asked).flatMap((stage) => blockersOf(stage)),
  };
};

const lines = ({ paused, blockers }: Blockers, { epic, at, stage: key }: Asked): readonly string[] => {
  const still =
    paused === null || epic.pause === undefined
      ? []
      : [
          `- ■ the whole epic: paused by ${nameOf(epic.pause.by)} for ${lengthText(secondsBetween(paused.since, at))}. **Next:** ${code('/resume')}`,
        ];
  const found = blockers.flatMap((one) => {
    const stage = epic.stages.find(({ definition }) => definition.key === one.stage);
    if (stage === undefined) return [];
    const age = lengthText(secondsBetween(one.since, at));
    const next = code(`/unblock ${one.stage}${stage.blockers.length > 1 ? ` ${one.id}` : ''}`);
    return [
      `- ■ ${stageName(stage)}: by ${code(one.by)} for ${age}: ${neutral(one.reason)}. **Who:** ${whoHoldAny(epic.rules, one.liftedBy)}. **Next:** ${next}`,
    ];
  });
  if (still.length + found.length > 0) return [...still, ...found];
  return [
    `Nothing is blocked${key === undefined ? '' : ` on ${code(key)}`}. ${code('/next')} says what is missing.`,
  ];
};

/** The record of `getBlockers`. */
export const getBlockers = query<Blockers>({
  name: 'getBlockers',
  word: 'blockers',
  summary: 'What is blocked, by whom, since when, and who may lift it.',
  ofStage: true,
  answer,
  lines,
});
