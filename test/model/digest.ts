/** What makes two scenes the same: all that can matter later, with people, roles, commits and bases named by their part in it. */
import { people, type Scene, shas } from './enact.ts';
import type { World } from './gate-model.ts';

/** Moments, words, what never changes and what only /undo looks at decide nothing here. A field nobody thought of is not among them: it counts. */
const forgotten: ReadonlySet<string> = new Set(
  (
    'at since text note clock life claimClock evidence submission definition names number issue id commentId login ' +
    'subject title author source openedAt round deeds deedsDone'
  ).split(' '),
);

/** There or not is what matters: whatever is said from now on is said later. */
const onlyThere: ReadonlySet<string> = new Set(['shownSince', 'rejection']);

type Renaming = ReadonlyMap<string, string>;

const remembered = new WeakMap<Renaming, WeakMap<object, string>>();
const numbers = new Map<string, string>();

/** A short name for a long text, the same each time. */
const short = (text: string): string => {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const name = numbers.size.toString(36);
  numbers.set(text, name);
  return name;
};

const isPerson = (value: object): value is { readonly id: number } => 'login' in value && 'id' in value;

const fields = (value: object, names: Renaming): string => {
  const parts: string[] = [];
  for (const [key, one] of Object.entries(value)) {
    if (forgotten.has(key)) continue;
    parts.push(onlyThere.has(key) ? key : `${names.get(key) ?? key}:${written(one, names)}`);
  }
  return parts.length === 1 ? (parts[0] ?? '') : parts.sort().join();
};

const written = (value: unknown, names: Renaming): string => {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value !== 'object' || value === null) return names.get(String(value)) ?? String(value);
  const cache = remembered.get(names) ?? new WeakMap<object, string>();
  const known = cache.get(value);
  if (known !== undefined) return known;
  const whole = (): string => {
    if (Array.isArray(value))
      return `[${value
        .map((one) => written(one, names))
        .sort()
        .join()}]`;
    return isPerson(value) ? written(value.id, names) : `{${fields(value, names)}}`;
  };
  const text = short(whole());
  cache.set(value, text);
  remembered.set(names, cache);
  return text;
};

const named = (world: Pick<World, 'head' | 'base'>, cast: readonly [string, string][]): Renaming => {
  const part = (sha: 'a' | 'b'): string => (sha === world.head ? 'head' : 'other');
  return new Map([
    ...cast,
    ['a', part('a')],
    ['b', part('b')],
    [shas.a, part('a')],
    [shas.b, part('b')],
    ['main', world.base === 'main' ? 'here' : 'there'],
    ['release', world.base === 'main' ? 'there' : 'here'],
  ]);
};

const swap = (one: string, other: string, swapped: boolean): [string, string][] => [
  [one, swapped ? other : one],
  [other, swapped ? one : other],
];

const castings = [false, true].flatMap((persons) =>
  [false, true].map((roles) => [
    ...swap('bob', 'cyd', persons),
    ...swap(String(people.bob.id), String(people.cyd.id), persons),
    ...swap('EM', 'VP', roles),
  ]),
);

const namings: ReadonlyMap<string, readonly Renaming[]> = new Map(
  (['a', 'b'] as const).flatMap((head) =>
    (['main', 'release'] as const).map((base) => [
      `${head}${base}`,
      castings.map((cast) => named({ head, base }, cast)),
    ]),
  ),
);

const everybody = ['ann', 'bob', 'cyd', 'bot'] as const;

/** Whether the last review and comment of each are those the epic knows: only these can be taken back. */
const tiesOf = ({ epic, reviews, comments }: Scene, names: Renaming): string => {
  const known = [...(epic.pulls[0]?.reviews ?? [])];
  const given = [...(epic.stages[0]?.approvals ?? [])];
  const parts = everybody.map((who) => {
    const { id } = people[who];
    const review = known.some((one) => one.by.id === id && one.id === reviews[who]);
    const comment = given.some((one) => one.by.id === id && one.commentId === comments[who]);
    return `${names.get(who) ?? who}${review ? 1 : 0}${comment ? 1 : 0}`;
  });
  return parts.sort().join('');
};

/**
 * A text that two scenes share exactly where nothing that happens later can tell them apart.
 * `alike`: bob and cyd may do the same things, so that they, and the two roles, can change places.
 */
export const digestOf = (scene: Scene, alike: boolean): string => {
  const { world, epic } = scene;
  const all = namings.get(`${world.head}${world.base}`) ?? [];
  const texts = (alike ? all : all.slice(0, 1)).map(
    (names) => `${fields(epic, names)} ${fields(world, names)} ${tiesOf(scene, names)}`,
  );
  return short(texts.length === 1 ? (texts[0] ?? '') : (texts.sort()[0] ?? ''));
};
