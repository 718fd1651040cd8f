/** `getBlockers`: what somebody said stands in a stage's way, who may lift it and what they type. */
import { type Hold, isOfPart } from '../epic/hold.ts';
import { mayPause } from '../epic/require.ts';
import { code, nameOf, whoHoldAny } from '../epic/say-who.ts';
import { isFinal } from '../epic/stage.ts';
import type { OpenedEpic, Stage, Statement } from '../epic/state.ts';
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
  /** Parts of it that stand still: a stage, a role, a class of gates. */
  readonly held: readonly {
    readonly part: string;
    readonly by: string;
    readonly since: string;
    readonly reason: string;
  }[];
  readonly blockers: readonly Blocker[];
}

/** Pauses of a part that keep a stage asked about from moving. */
const holdsOf = (asked: Asked): readonly Hold[] => {
  const open = askedStages(asked).filter((stage) => !isFinal(stage));
  return (asked.epic.holds ?? []).filter(({ part }) =>
    open.some(({ definition }) => isOfPart(definition, part)),
  );
};

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
    held: holdsOf(asked).map(({ part, by, at, text }) => ({
      part: part.name,
      by: by.login,
      since: at,
      reason: text,
    })),
    blockers: askedStages(asked).flatMap((stage) => blockersOf(stage)),
  };
};

/** Who stopped it, for how long and why; who may let it go on, and how. */
const stillLine = (
  epic: OpenedEpic,
  at: string,
  { what, since, next }: { readonly what: string; readonly since: Statement; readonly next: string },
): string => {
  const why = since.text === '' ? '' : `: ${neutral(since.text)}`;
  const lifted =
    epic.stop === undefined ? mayPause(epic) : whoHoldAny(epic.rules, epic.rules.policy.overrideRoles);
  return `- ■ ${what}: paused by ${nameOf(since.by)} for ${lengthText(secondsBetween(since.at, at))}${why}. **Who:** ${lifted}. **Next:** ${code(next)}`;
};

const lines = ({ blockers }: Blockers, asked: Asked): readonly string[] => {
  const { epic, at, stage: key } = asked;
  const { pause } = epic;
  const still = [
    ...(pause === undefined
      ? []
      : [stillLine(epic, at, { what: 'the whole epic', since: pause, next: '/resume' })]),
    ...holdsOf(asked).map((hold) => {
      const what =
        hold.part.kind === 'stage' ? code(hold.part.name) : `everything of ${code(hold.part.name)}`;
      return stillLine(epic, at, { what, since: hold, next: `/resume ${hold.part.name}` });
    }),
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
