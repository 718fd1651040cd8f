/** One gated stage with a linked pull request, and a naive reading of contract §3–§5: whose approval counts, and what the check says. It shares nothing with src. */

/** ann claimed the stage and opened its pull request; bob and cyd are approvers; nobody listed the bot. */
export type Approver = 'bob' | 'cyd';
export type Somebody = 'ann' | Approver | 'bot';
export type GateRole = 'EM' | 'VP';
export type Sha = 'a' | 'b';

interface Opinion {
  readonly verdict: 'approved' | 'changes' | 'dismissed';
  readonly commit: Sha;
  /** Something since then has made it count for nothing: a rejection, another base. */
  readonly void: boolean;
}

/** What a careful person who watched everything would know. */
export interface World {
  readonly head: Sha;
  readonly base: 'main' | 'release';
  /** The head our check last showed, and whether it ever showed another one before. */
  readonly shown: Sha;
  readonly repainted: boolean;
  /** Approvers who have pushed to the pull request. */
  readonly hands: readonly Approver[];
  readonly status: 'in-progress' | 'in-review';
  readonly rejected: boolean;
  readonly roles: Readonly<Record<Somebody, readonly GateRole[]>>;
  readonly policy: { readonly self: boolean; readonly distinct: boolean; readonly stale: boolean };
  /** The latest review of each that anybody heard of. */
  readonly opinions: Readonly<Partial<Record<Somebody, Opinion>>>;
  /** Who approved by comment, and the commit it holds for. */
  readonly comments: Readonly<Partial<Record<Somebody, Sha>>>;
}

/** What can happen. `late`: the comment was written before the check showed this head; `overtaken`: ann pushed before it was read. */
export type Action =
  | { readonly does: 'push'; readonly who: 'ann' | 'bob' }
  | { readonly does: 'paint' | 'retarget' | 'submit' | 'evidence' }
  | { readonly does: 'review'; readonly who: Somebody; readonly of: 'head' | 'other' | 'overtaken' }
  | { readonly does: 'changes' | 'dismiss' | 'reject'; readonly who: Approver }
  | {
      readonly does: 'comment';
      readonly who: Somebody;
      readonly naming: 'none' | 'head' | 'other' | 'late' | 'overtaken';
    }
  | { readonly does: 'takeBack'; readonly who: Approver; readonly how: 'edited' | 'deleted' }
  | { readonly does: 'role'; readonly who: Approver; readonly role: GateRole }
  | { readonly does: 'policy'; readonly which: keyof World['policy'] };

const approvers = ['bob', 'cyd'] as const;
const gateRoles = ['EM', 'VP'] as const;

/** Every action there is. */
export const actions: readonly Action[] = [
  { does: 'push', who: 'ann' },
  { does: 'push', who: 'bob' },
  { does: 'paint' },
  { does: 'retarget' },
  { does: 'submit' },
  { does: 'evidence' },
  ...approvers.flatMap((who): Action[] => [
    ...(['head', 'other', 'overtaken'] as const).map((of): Action => ({ does: 'review', who, of })),
    ...(['changes', 'dismiss', 'reject'] as const).map((does): Action => ({ does, who })),
    ...(['none', 'head', 'other', 'late', 'overtaken'] as const).map(
      (naming): Action => ({ does: 'comment', who, naming }),
    ),
    { does: 'takeBack', who, how: who === 'bob' ? 'edited' : 'deleted' },
    ...gateRoles.map((role): Action => ({ does: 'role', who, role })),
  ]),
  { does: 'comment', who: 'ann', naming: 'head' },
  { does: 'comment', who: 'ann', naming: 'none' },
  { does: 'comment', who: 'bot', naming: 'head' },
  { does: 'review', who: 'bot', of: 'head' },
  { does: 'policy', which: 'self' },
  { does: 'policy', which: 'distinct' },
  { does: 'policy', which: 'stale' },
];

const isDaily = (action: Action): boolean => {
  if (!('who' in action)) return true;
  const { who, does } = action;
  if (who === 'bob')
    return (
      !['changes', 'dismiss', 'reject'].includes(does) &&
      !(does === 'review' && action.of !== 'head') &&
      !(does === 'role' && action.role === 'VP')
    );
  if (who === 'cyd')
    return !(does === 'comment' && action.naming !== 'none') && !(does === 'role' && action.role === 'EM');
  return !(does === 'comment' && action.naming === 'none') && !(who === 'bot' && does === 'comment');
};

/** Every kind of action, though not each by everybody: bob mostly comments, cyd mostly reviews. Goes deeper in the same time. */
export const divided: readonly Action[] = actions.filter(isDaily);

/** The stage is claimed, its pull request linked and its head shown; bob could fill both roles, cyd one, and ann one if she were allowed to. */
export const firstWorld: World = {
  head: 'a',
  base: 'main',
  shown: 'a',
  repainted: false,
  hands: [],
  status: 'in-progress',
  rejected: false,
  roles: { ann: ['EM'], bob: ['EM', 'VP'], cyd: ['VP'], bot: [] },
  policy: { self: false, distinct: true, stale: true },
  opinions: {},
  comments: {},
};

/** The other of two. */
export const otherSha = (sha: Sha): Sha => (sha === 'a' ? 'b' : 'a');

const everybody = ['ann', 'bob', 'cyd', 'bot'] as const;

/** Contract §2: without self_approval, neither the claimant nor the author nor whoever pushed. */
const barred = (world: World, who: Somebody): boolean =>
  !world.policy.self && (who === 'ann' || world.hands.some((one) => one === who));

/** Commits somebody's standing approvals were given for. */
const approvedCommits = ({ opinions, comments }: World, who: Somebody): readonly Sha[] => {
  const review = opinions[who];
  return [
    ...(review?.verdict === 'approved' && !review.void ? [review.commit] : []),
    ...(comments[who] === undefined ? [] : [comments[who]]),
  ];
};

/** Whose approval counts at this moment. */
const countedIn = (world: World): readonly Somebody[] =>
  everybody.filter(
    (who) =>
      world.status === 'in-review' &&
      !barred(world, who) &&
      world.roles[who].length > 0 &&
      approvedCommits(world, who).some((sha) => !world.policy.stale || sha === world.head),
  );

/** How many of the gate's two roles these people can fill. */
const filledBy = (world: World, people: readonly Somebody[]): number => {
  const holders = gateRoles.map((role) => people.filter((who) => world.roles[who].includes(role)));
  const [em = [], vp = []] = holders;
  const one = em.length + vp.length > 0 ? 1 : 0;
  if (!world.policy.distinct) return holders.filter((some) => some.length > 0).length;
  return em.some((first) => vp.some((second) => first !== second)) ? 2 : one;
};

/** What everybody should see. */
export interface Judgement {
  /** How many of the gate's two roles are filled. */
  readonly filled: number;
  readonly counted: readonly Somebody[];
  readonly passed: boolean;
  readonly check: 'success' | 'failure' | 'in_progress';
  readonly status: World['status'];
}

/** Whose approval counts in this world, whether the gate is passed, and what the check says (contract §5). */
export const judge = (world: World): Judgement => {
  const counted = countedIn(world);
  const filled = filledBy(world, counted);
  const passed = filled === 2;
  const waiting = passed ? 'success' : 'in_progress';
  return { filled, counted, passed, check: world.rejected ? 'failure' : waiting, status: world.status };
};

const sentBack = (world: World): World => ({
  ...world,
  status: 'in-progress',
  rejected: true,
  comments: {},
  opinions: Object.fromEntries(
    Object.entries(world.opinions).map(([who, opinion]) => [who, { ...opinion, void: true }]),
  ),
});

/** Requested changes on the head, by somebody the gate asks, send the stage back; those from before the submission too. */
const settled = (world: World): World => {
  const no = approvers.some((who) => {
    const review = world.opinions[who];
    const stands = review?.verdict === 'changes' && !review.void && review.commit === world.head;
    return stands && world.roles[who].length > 0;
  });
  return no && world.status === 'in-review' ? sentBack(world) : world;
};

const push = (world: World, who: 'ann' | Approver): World => ({
  ...world,
  head: otherSha(world.head),
  hands: who === 'ann' || world.hands.includes(who) ? world.hands : [...world.hands, who].sort(),
});

/** Approvals were of what would go into the old base (threats T15, T16); a no stays a no. */
const retarget = (world: World): World => ({
  ...world,
  base: world.base === 'main' ? 'release' : 'main',
  comments: {},
  opinions: Object.fromEntries(
    Object.entries(world.opinions).map(([who, one]) => [
      who,
      { ...one, void: one.void || one.verdict === 'approved' },
    ]),
  ),
});

/** Whoever the gate does not ask is not heard, unless it is to take back what was heard of them (threats T31). */
const opine = (world: World, who: Somebody, verdict: Opinion['verdict'], commit: Sha): World =>
  world.roles[who].length === 0 && world.opinions[who] === undefined
    ? world
    : { ...world, opinions: { ...world.opinions, [who]: { verdict, commit, void: false } } };

const review = (world: World, { who, of }: Extract<Action, { does: 'review' }>): World => {
  const commit = of === 'other' ? otherSha(world.head) : world.head;
  const after = opine(world, who, 'approved', commit);
  return of === 'overtaken' ? push(after, 'ann') : after;
};

/** Counts one approval where it would fill a role that is still open, for a commit that was named or shown (contract §4). */
const comment = (before: World, { who, naming }: Extract<Action, { does: 'comment' }>): World => {
  const world = naming === 'overtaken' ? push(before, 'ann') : before;
  const seen = naming === 'head' || (naming === 'none' && world.shown === world.head);
  if (world.status !== 'in-review' || world.roles[who].length === 0 || barred(world, who) || !seen)
    return world;
  const said = { ...world, comments: { ...world.comments, [who]: world.head } };
  return filledBy(said, countedIn(said)) > filledBy(world, countedIn(world)) ? said : world;
};

const toggled = (world: World, who: Approver, role: GateRole): World => {
  const held = world.roles[who];
  const now = held.includes(role) ? held.filter((one) => one !== role) : [...held, role].sort();
  return { ...world, roles: { ...world.roles, [who]: now } };
};

const takenBack = (world: World, who: Approver): World => {
  const { [who]: _, ...comments } = world.comments;
  return { ...world, comments };
};

const changed = (world: World, action: Action): World => {
  switch (action.does) {
    case 'push':
      return push(world, action.who);
    case 'paint':
      return world.shown === world.head ? world : { ...world, shown: world.head, repainted: true };
    case 'retarget':
      return retarget(world);
    case 'submit':
      return world.status === 'in-review' ? world : { ...world, status: 'in-review', rejected: false };
    case 'evidence':
      return world;
    case 'review':
      return review(world, action);
    case 'changes': {
      // Their last word is a no, whatever they typed before, and with whatever role they come back.
      const after = opine(world, action.who, 'changes', world.head);
      return after === world ? world : takenBack(after, action.who);
    }
    case 'dismiss': {
      const opinion = world.opinions[action.who];
      if (opinion === undefined) return world;
      return {
        ...world,
        opinions: { ...world.opinions, [action.who]: { ...opinion, verdict: 'dismissed' } },
      };
    }
    case 'reject':
      return world.status === 'in-review' && world.roles[action.who].length > 0 ? sentBack(world) : world;
    case 'comment':
      return comment(world, action);
    case 'takeBack':
      return takenBack(world, action.who);
    case 'role':
      return toggled(world, action.who, action.role);
    case 'policy':
      return { ...world, policy: { ...world.policy, [action.which]: !world.policy[action.which] } };
  }
};

/** The world after an action. */
export const happens = (world: World, action: Action): World => settled(changed(world, action));

/** Whether the action can be done at all: nothing is taken back or dismissed that is not there. */
export const possible = (world: World, action: Action): boolean => {
  if (action.does === 'takeBack') return world.comments[action.who] !== undefined;
  if (action.does === 'dismiss') {
    const opinion = world.opinions[action.who];
    return opinion !== undefined && opinion.verdict !== 'dismissed';
  }
  if (action.does === 'comment' && action.naming === 'late')
    return world.repainted && world.shown === world.head;
  return true;
};

/** An action in a few words, for the path that is printed. */
export const inWords = (action: Action): string =>
  Object.entries(action)
    .map(([key, value]) => (key === 'does' ? value : `${key}=${value}`))
    .join(' ');
