/** Breadth first through everything that can happen at one gate: the product's core beside the naive model, compared in every state. */
import { judgeGate } from '../../src/core/epic/gate.ts';
import { judgePull } from '../../src/core/epic/pull-request.ts';
import { digestOf } from './digest.ts';
import { enact, firstScene, people, type Scene } from './enact.ts';
import { type Action, happens, inWords, judge, possible, type Somebody } from './gate-model.ts';

/** Where core and model differ, and the shortest way there. */
export interface Difference {
  readonly what: readonly string[];
  readonly path: readonly string[];
}

/** What an exploration found. */
export interface Found {
  readonly states: number;
  readonly transitions: number;
  /** New states by depth. */
  readonly byDepth: readonly number[];
  /** Distinct states in which the gate is passed: an exploration that never passes one proves nothing. */
  readonly passed: number;
  readonly differences: readonly Difference[];
}

const nameOf = (id: number): Somebody | undefined =>
  (['ann', 'bob', 'cyd', 'bot'] as const).find((who) => people[who].id === id);

/** Everything in which the epic says something else than the model; empty where they agree. */
const differencesIn = ({ world, epic }: Scene): readonly string[] => {
  const [stage] = epic.stages;
  const [pull] = epic.pulls;
  if (stage === undefined || pull === undefined) return ['the stage or its pull request is gone'];
  const expected = judge(world);
  const verdict = judgeGate(epic, stage);
  const counting =
    stage.status === 'in-review' ? verdict.consents.filter((one) => one.not === undefined) : [];
  const counted = counting.map((one) => nameOf(one.by.id));
  const check = judgePull(epic, pull).state;
  return [
    ...counted
      .filter((who) => !expected.counted.some((one) => one === who))
      .map((who) => `unauthorised: ${who} is counted`),
    ...expected.counted
      .filter((who) => !counted.includes(who))
      .map((who) => `ignored: ${who} is not counted`),
    ...(verdict.passed === expected.passed ? [] : [`the gate is ${verdict.passed ? '' : 'not '}passed`]),
    ...(stage.gatePassed === expected.passed
      ? []
      : [`the ledger says the gate was ${stage.gatePassed ? '' : 'not '}passed`]),
    ...(check === expected.check ? [] : [`the check says ${check}, not ${expected.check}`]),
    ...(stage.status === expected.status ? [] : [`the stage is ${stage.status}, not ${expected.status}`]),
  ];
};

interface Trail {
  readonly from: Trail | undefined;
  readonly action: Action | undefined;
}

interface Node {
  readonly scene: Scene;
  readonly trail: Trail;
}

const pathOf = (trail: Trail | undefined): readonly string[] =>
  trail?.action === undefined ? [] : [...pathOf(trail.from), inWords(trail.action)];

/** How far to go, by which actions. */
export interface Journey {
  readonly depth: number;
  readonly actions: readonly Action[];
  /** bob and cyd may do the same things: states in which they have changed places are one. */
  readonly alike: boolean;
}

/** Explores every sequence of actions, from a claimed stage and from a submitted one; stops after the level on which a difference was found, so that it is a shortest one. */
export const explore = ({ depth, actions, alike }: Journey): Found => {
  const claimed = firstScene();
  const submit = { does: 'submit' } as const;
  const roots = [claimed, enact(claimed, submit, happens(claimed.world, submit))];
  const seen = new Set(roots.map((scene) => digestOf(scene, alike)));
  const differences: Difference[] = [];
  const byDepth = [roots.length];
  let [transitions, passed] = [0, 0];
  let frontier: readonly Node[] = roots.map((scene, index) => ({
    scene,
    trail: { from: undefined, action: index === 0 ? undefined : submit },
  }));
  for (let level = 1; level <= depth && differences.length === 0; level += 1) {
    const next: Node[] = [];
    let fresh = 0;
    for (const { scene, trail } of frontier) {
      for (const action of actions) {
        if (!possible(scene.world, action)) continue;
        transitions += 1;
        const after = enact(scene, action, happens(scene.world, action));
        if (after.epic === scene.epic && after.world === scene.world) continue;
        const digest = digestOf(after, alike);
        if (seen.has(digest)) continue;
        seen.add(digest);
        fresh += 1;
        const step = { from: trail, action };
        const what = differencesIn(after);
        if (what.length > 0) differences.push({ what, path: pathOf(step) });
        else if (level < depth) next.push({ scene: after, trail: step });
        if (judge(after.world).passed) passed += 1;
      }
    }
    byDepth.push(fresh);
    frontier = next;
  }
  return { states: seen.size, transitions, byDepth, passed, differences };
};
