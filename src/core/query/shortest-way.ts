/** The fewest acts after which a stage is done: a search over the real rules, deepened step by step from what is needed at least. */
import { judgeGate } from '../epic/gate.ts';
import { isOfPart } from '../epic/hold.ts';
import { openConcerns } from '../epic/open-concerns.ts';
import { openCriteria } from '../epic/outstanding.ts';
import { openQuestions } from '../epic/question.ts';
import { findStage, isSettled, openPulls } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import type { StageKey } from '../workflow/definition.ts';
import { type Act, actsFor } from './acts.ts';
import type { Actor } from './cast.ts';

/** More tries than this are not made for one question; then the way is a good one, perhaps not the shortest. */
const mostTries = 1_500;

/** What a search found. `proven`: there is no shorter way, and none as short with fewer people. */
export interface Way {
  readonly acts: readonly Act[];
  readonly proven: boolean;
}

/** What is searched: stages to be done, people, and whether they may also take something back on the way. */
export interface Quest {
  readonly keys: readonly StageKey[];
  readonly cast: readonly Actor[];
  readonly at: string;
  readonly roundabout: boolean;
}

interface Search extends Quest {
  tries: number;
}

/** The stage and everything open that it depends on, what comes first first. */
export const neededFor = (epic: OpenedEpic, key: StageKey): readonly Stage[] => {
  const found: Stage[] = [];
  const seen = new Set<StageKey>();
  const visit = (one: StageKey): void => {
    const stage = findStage(epic, one);
    if (stage === undefined || seen.has(one) || isSettled(stage)) return;
    seen.add(one);
    stage.definition.dependsOn.forEach(visit);
    found.push(stage);
  };
  visit(key);
  return found;
};

const approvalsNeeded = (epic: OpenedEpic, stage: Stage): number => {
  if (stage.definition.gate === undefined) return 0;
  const { passed, missing } = judgeGate(epic, { ...stage, status: 'in-review' });
  if (passed) return 0;
  const people = epic.rules.policy.distinctApprovers ? missing.length : Math.min(1, missing.length);
  const counted = stage.timedOut === undefined ? people : 0;
  // An approval by whoever raised a veto lifts it too: a concern is not always an act of its own.
  const concerns = openConcerns(epic, stage).filter((one) => !one.veto).length;
  return counted + openCriteria(stage).length + concerns + openQuestions(stage).length;
};

/** Never more than are really needed. */
const leastFor = (epic: OpenedEpic, stage: Stage): number => {
  if (isSettled(stage)) return 0;
  const { status } = stage;
  const before = status === 'in-review' ? 0 : status === 'in-progress' ? 1 : 2;
  return (
    before +
    stage.blockers.length +
    approvalsNeeded(epic, stage) +
    openPulls(epic, stage.definition.key).length
  );
};

const openStages = (epic: OpenedEpic, keys: readonly StageKey[]): readonly Stage[] =>
  keys.flatMap((key) => findStage(epic, key) ?? []).filter((stage) => !isSettled(stage));

/** One /resume lets all stages of a part go on. */
const least = (epic: OpenedEpic, keys: readonly StageKey[]): number => {
  const open = openStages(epic, keys);
  const held = (epic.holds ?? []).filter(({ part }) => open.some((one) => isOfPart(one.definition, part)));
  const resumes = held.length + (epic.status === 'paused' ? 1 : 0);
  return open.reduce((sum, stage) => sum + leastFor(epic, stage), resumes);
};

/** Whoever has acted already comes first, so that few people are needed; of those who have not, one of each kind. */
const candidates = (cast: readonly Actor[], acts: readonly Act[]): readonly Actor[] => {
  const busy = new Set(acts.flatMap(({ deed }) => deed.by?.person.id ?? []));
  const kinds = new Set<string>();
  const idle = cast.filter((one) => {
    if (busy.has(one.person.id) || kinds.has(one.kind)) return false;
    kinds.add(one.kind);
    return true;
  });
  return [...cast.filter((one) => busy.has(one.person.id)), ...idle];
};

interface Bounds {
  readonly acts: number;
  readonly people: number;
}

const peopleIn = (acts: readonly Act[]): number =>
  new Set(acts.flatMap(({ deed }) => deed.by?.person.id ?? [])).size;

const go = (
  search: Search,
  epic: OpenedEpic,
  acts: readonly Act[],
  bounds: Bounds,
): readonly Act[] | undefined => {
  const [stage] = openStages(epic, search.keys);
  if (stage === undefined) return acts;
  for (const act of actsFor(epic, stage, { ...search, candidates: candidates(search.cast, acts) })) {
    search.tries += 1;
    if (search.tries > mostTries) return undefined;
    const so = [...acts, act];
    if (so.length + least(act.epic, search.keys) > bounds.acts || peopleIn(so) > bounds.people) continue;
    const found = go(search, act.epic, so, bounds);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** An approval by two pull requests' reviews, or a change request taken back, is more than the least. */
const mostBeyond = 8;

/** Among ways of the same length the one with the fewest people. */
const withFewest = (search: Search, epic: OpenedEpic, way: readonly Act[]): Way => {
  for (let people = 1; people < peopleIn(way); people += 1) {
    const acts = go(search, epic, [], { acts: way.length, people });
    if (acts !== undefined) return { acts, proven: true };
    if (search.tries > mostTries) return { acts: way, proven: false };
  }
  return { acts: way, proven: true };
};

/**
 * The shortest way, of several the one with the fewest people; undefined where these people cannot bring it about (or it
 * takes too long to find out).
 */
export const shortestWay = (epic: OpenedEpic, quest: Quest): Way | undefined => {
  const search: Search = { ...quest, tries: 0 };
  const from = least(epic, quest.keys);
  for (let bound = from; bound <= from + mostBeyond && search.tries <= mostTries; bound += 1) {
    const acts = go(search, epic, [], { acts: bound, people: Number.POSITIVE_INFINITY });
    if (acts !== undefined) return withFewest(search, epic, acts);
  }
  if (search.tries <= mostTries || quest.roundabout) return undefined;
  const anyhow = { acts: Number.POSITIVE_INFINITY, people: Number.POSITIVE_INFINITY };
  const acts = go({ ...quest, tries: 0 }, epic, [], anyhow);
  return acts === undefined ? undefined : { acts, proven: false };
};
