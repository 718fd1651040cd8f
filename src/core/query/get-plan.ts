/** `getPlan` (D-41): the stages in waves: everything in a wave can be worked on at once when the waves before it are done. */
import { code } from '../epic/say-who.ts';
import { isFinal, isSettled, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { statusSign } from '../render/status-sign.ts';
import { type Asked, query } from './query.ts';

/** One stage in its wave. */
interface Planned {
  readonly stage: string;
  readonly role: string;
  readonly status: ReturnType<typeof shownStatus>;
  readonly claimant: string | null;
}

/** The answer of `getPlan`. */
interface Plan {
  /** Waves from the first; the stages of one in the definition's order. */
  readonly waves: readonly {
    readonly number: number;
    readonly done: boolean;
    readonly stages: readonly Planned[];
  }[];
  /** The first wave in which something can still be done; null when nothing can. */
  readonly current: number | null;
  /** The longest chain of stages that are still to be done: no plan is shorter. */
  readonly longestChain: readonly string[];
}

type Keys = readonly string[];

/** Stage → the number of its wave: one more than the latest it depends on. Definitions have no cycles. */
const waveNumbers = (epic: OpenedEpic): ReadonlyMap<string, number> => {
  const numbers = new Map<string, number>();
  const before = new Map(epic.stages.map(({ definition }) => [definition.key, definition.dependsOn]));
  const number = (key: string): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, 1);
    const found = 1 + Math.max(0, ...(before.get(key) ?? []).map(number));
    numbers.set(key, found);
    return found;
  };
  for (const key of before.keys()) number(key);
  return numbers;
};

const longer = (one: Keys, other: Keys): Keys => (other.length > one.length ? other : one);

/** The longest chain among stages that can still be done; what is over keeps nothing behind it waiting. */
const longestChain = (epic: OpenedEpic, numbers: ReadonlyMap<string, number>): Keys => {
  const chains = new Map<string, Keys>();
  const order = epic.stages.toSorted(
    (one, other) => (numbers.get(one.definition.key) ?? 0) - (numbers.get(other.definition.key) ?? 0),
  );
  for (const stage of order) {
    const { key, dependsOn } = stage.definition;
    const before = dependsOn.reduce<Keys>((best, one) => longer(best, chains.get(one) ?? []), []);
    chains.set(key, isFinal(stage) ? [] : [...before, key]);
  }
  return [...chains.values()].reduce<Keys>(longer, []);
};

const answer = ({ epic }: Asked): Plan => {
  const numbers = waveNumbers(epic);
  const last = Math.max(0, ...numbers.values());
  const waves = Array.from({ length: last }, (_, index) => {
    const stages = epic.stages.filter((stage) => numbers.get(stage.definition.key) === index + 1);
    return {
      number: index + 1,
      done: stages.every(isSettled),
      stages: stages.map((stage) => ({
        stage: stage.definition.key,
        role: stage.definition.role,
        status: shownStatus(stage),
        claimant: stage.claimant?.login ?? null,
      })),
    };
  });
  const openIn = epic.stages
    .filter((stage) => !isFinal(stage))
    .map(({ definition }) => numbers.get(definition.key));
  const current = waves.find((wave) => openIn.includes(wave.number))?.number ?? null;
  return { waves, current, longestChain: longestChain(epic, numbers) };
};

const lines = ({ waves, current, longestChain: chain }: Plan): readonly string[] => [
  ...waves.flatMap(({ number, done, stages }) => [
    `- **Wave ${number}**${done ? ' ✓' : number === current ? ' ← now' : ''}`,
    ...stages.map(({ stage, role, status, claimant }) => {
      const whose = claimant === null ? '' : ` · ${code(claimant)}`;
      return `  - ${code(stage)} ${statusSign(status)} · ${code(role)}${whose}`;
    }),
  ]),
  ...(chain.length < 2 ? [] : ['', `Longest chain still to be done: ${chain.map(code).join(' → ')}`]),
];

/** The record of `getPlan`. */
export const getPlan = query<Plan>({
  name: 'getPlan',
  word: 'plan',
  summary: 'The stages in waves: what can be worked on at once, and after what.',
  ofStage: false,
  answer,
  lines,
});
