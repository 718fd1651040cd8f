/** An action of the gate model as the commands the engine would make of it, decided in memory. */
import type { EpicCommand, Facts, PullFacts } from '../../src/core/epic/commands.ts';
import { decide } from '../../src/core/epic/decide.ts';
import { evolve } from '../../src/core/epic/evolve.ts';
import type { Person } from '../../src/core/epic/person.ts';
import type { Rules } from '../../src/core/epic/policy.ts';
import type { Epic, OpenedEpic } from '../../src/core/epic/state.ts';
import { opened, rulesWith, stage, started, type Wanted, workflow } from '../core/epic/given.ts';
import { type Action, firstWorld, type Somebody, type World } from './gate-model.ts';

export const people: Readonly<Record<Somebody, Person>> = {
  ann: { id: 1, login: 'ann' },
  bob: { id: 2, login: 'bob' },
  cyd: { id: 3, login: 'cyd' },
  bot: { id: 4, login: 'robot[bot]' },
};

const pullNumber = 7;
const stageKey = 'build';
export const shas = { a: 'a'.repeat(40), b: 'b'.repeat(40) } as const;

/** An epic, the world it should agree with, and which review and comment of each person is the last. */
export interface Scene {
  readonly world: World;
  readonly epic: OpenedEpic;
  readonly reviews: Readonly<Partial<Record<Somebody, number>>>;
  readonly comments: Readonly<Partial<Record<Somebody, number>>>;
  /** How many moments have passed: ids and times come from it. */
  readonly moment: number;
}

const everyRules = new Map<string, Rules>();

const rulesOf = ({ policy }: World): Rules => {
  const key = `${policy.self}${policy.distinct}${policy.stale}`;
  const known = everyRules.get(key);
  if (known !== undefined) return known;
  const { self: selfApproval, distinct: distinctApprovers, stale: staleOnPush } = policy;
  const rules = rulesWith({ selfApproval, distinctApprovers, staleOnPush });
  everyRules.set(key, rules);
  return rules;
};

/** Ten seconds between moments: a comment is written either long after what it saw, or before it. */
const timeOf = (moment: number): string => {
  times[moment] ??= new Date(Date.UTC(2026, 0, 1) + moment * 10_000).toISOString();
  return times[moment];
};

const times: string[] = [];

const pullOf = (world: World, contributors: readonly number[]): PullFacts => ({
  number: pullNumber,
  head: shas[world.head],
  base: world.base,
  state: 'open',
  fork: false,
  author: people.ann,
  contributors,
});

const factsOf = (scene: Scene, by: Somebody, world: World): Facts => ({
  by: people[by],
  at: timeOf(scene.moment),
  cause: `model/${scene.moment}`,
  roles: by === 'ann' ? ['ENG', ...world.roles.ann] : world.roles[by],
  canWrite: true,
  rules: rulesOf(world),
  pulls: [],
  rolesOf: {},
});

const rolesOfAll = (world: World): Facts['rolesOf'] => ({ 2: world.roles.bob, 3: world.roles.cyd });

/** Decides a command; a stage that ends would leave the model, and nothing here may end it. */
const decided = (epic: OpenedEpic, command: EpicCommand): OpenedEpic => {
  const { events } = decide(epic, command);
  const after = events.reduce<Epic>(evolve, epic);
  if (after.status !== 'running') throw new Error(`The epic is ${after.status} after ${command.type}.`);
  return after;
};

const here = { on: { kind: 'stage', stage: stageKey }, stage: stageKey } as const;

/** What is said about a review; nothing where the engine would not tell (src/engine/note-review.ts). */
const reviewed = (
  scene: Scene,
  who: Somebody,
  verdict: 'approved' | 'changes-requested' | 'dismissed',
  on: { readonly commit: string; readonly pulls: readonly PullFacts[] },
): Scene => {
  const { world } = scene;
  const known = scene.epic.pulls[0]?.reviews.some((one) => one.by.id === people[who].id) === true;
  const heard = world.roles[who].length > 0 || known || who === 'bot';
  const id = verdict === 'dismissed' ? (scene.reviews[who] ?? 0) : scene.moment;
  const reviews = { ...scene.reviews, [who]: id };
  if (!heard && verdict !== 'dismissed') return { ...scene, reviews };
  const facts = { ...factsOf(scene, who, world), pulls: on.pulls };
  const review = {
    id,
    by: people[who],
    verdict,
    commit: on.commit,
    text: 'a reason',
    roles: world.roles[who],
    at: facts.at,
  };
  const epic = decided(scene.epic, { ...facts, type: 'NoteReview', number: pullNumber, review });
  return { ...scene, reviews, epic };
};

const commented = (scene: Scene, action: Extract<Action, { does: 'comment' }>, after: World): Scene => {
  const { who, naming } = action;
  const { head } = after;
  const other = head === 'a' ? 'b' : 'a';
  const shownSince = scene.epic.pulls[0]?.shownSince;
  const command: EpicCommand = {
    ...factsOf(scene, who, after),
    pulls: [pullOf(after, [1])],
    type: 'Approve',
    ...here,
    commentId: scene.moment,
    note: '',
    saidAt: naming === 'late' && shownSince !== undefined ? shownSince : timeOf(scene.moment),
    ...(naming === 'head' ? { commit: shas[head].slice(0, 7) } : {}),
    ...(naming === 'other' ? { commit: shas[other] } : {}),
  };
  const epic = decided(scene.epic, command);
  const counts = epic.stages[0]?.approvals.some((one) => one.commentId === scene.moment) === true;
  return {
    ...scene,
    epic,
    comments: counts ? { ...scene.comments, [who]: scene.moment } : scene.comments,
  };
};

const said = (scene: Scene, by: Somebody, wanted: Wanted, more: Partial<Facts> = {}): Scene => ({
  ...scene,
  epic: decided(scene.epic, { ...wanted, ...factsOf(scene, by, scene.world), ...more } as EpicCommand),
});

/** Does to the epic what the engine would do for the action; `after` is the world it leads to. */
const commanded = (scene: Scene, action: Action, after: World): Scene => {
  const { world } = scene;
  switch (action.does) {
    case 'push':
    case 'retarget': {
      const who = action.does === 'push' ? action.who : 'ann';
      const pull = pullOf(after, who === 'ann' ? [1] : [1, people[who].id]);
      return said(scene, who, { type: 'NotePull', pull });
    }
    case 'paint':
      return said(scene, 'ann', { type: 'RecordHeadShown', number: pullNumber, head: shas[world.head] });
    case 'submit':
      return said(
        scene,
        'ann',
        { type: 'Submit', ...here, note: '' },
        { pulls: [pullOf(world, [1])], rolesOf: rolesOfAll(world) },
      );
    case 'evidence':
      return said(scene, 'ann', { type: 'AddEvidence', ...here, text: 'the measurements' });
    case 'review': {
      const commit = action.of === 'other' ? (world.head === 'a' ? 'b' : 'a') : world.head;
      const now = { ...world, head: after.head };
      const on = { commit: shas[commit], pulls: [pullOf(now, [1])] };
      return reviewed(scene, action.who, 'approved', on);
    }
    case 'changes':
      return reviewed(scene, action.who, 'changes-requested', {
        commit: shas[world.head],
        pulls: [pullOf(world, [1])],
      });
    case 'dismiss':
      return reviewed(scene, action.who, 'dismissed', { commit: '', pulls: [] });
    case 'reject':
      return said(scene, action.who, { type: 'Reject', ...here, reason: 'not like this' });
    case 'comment':
      return commented(scene, action, after);
    case 'takeBack': {
      const commentId = scene.comments[action.who] ?? 0;
      return said(scene, action.who, { type: 'RevokeApproval', commentId, how: action.how });
    }
    case 'role':
      return said(scene, 'ann', { type: 'NoteRules' }, { rules: rulesOf(after), rolesOf: rolesOfAll(after) });
    case 'policy':
      return said(scene, 'ann', { type: 'NoteRules' }, { rules: rulesOf(after), rolesOf: rolesOfAll(after) });
  }
};

/** The scene after an action, whatever the model says of it: a review overtaken by a push is told together with the push. */
export const enact = (scene: Scene, action: Action, after: World): Scene => {
  const next = { ...scene, moment: scene.moment + 1 };
  const done = commanded(next, action, after);
  const overtaken =
    'of' in action && action.of === 'overtaken' && done.epic.pulls[0]?.head !== shas[after.head];
  // Nobody was heard, so nobody looked: the push is told by its own webhook.
  const told = overtaken ? said(done, 'ann', { type: 'NotePull', pull: pullOf(after, [1]) }) : done;
  return { ...told, world: after };
};

/** ann has claimed the only stage, opened its pull request, and the check shows its head. */
export const firstScene = (): Scene => {
  const gate = { name: 'review', approvers: ['EM', 'VP'] };
  const bare = started({ ...workflow, stages: [stage(stageKey, { gate })] });
  const scene = { world: firstWorld, epic: opened(bare), reviews: {}, comments: {}, moment: 1_000 };
  const claimed = said(scene, 'ann', { type: 'Claim', ...here });
  const pull = pullOf(firstWorld, [1]);
  const linked = said(claimed, 'ann', { type: 'Link', stage: stageKey, via: 'body', pull });
  return said(linked, 'ann', { type: 'RecordHeadShown', number: pullNumber, head: shas.a });
};
