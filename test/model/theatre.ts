/** The gate model played by people on the stand-in, before the real Gatehouse: one epic with one pull request for every performance. */

import { announcePush, commitsBetween, commitTo } from '../world/github/acts/commits.ts';
import { announceIssue } from '../world/github/acts/issues.ts';
import { addAccount, addCollaborator, addTeam } from '../world/github/acts/seed.ts';
import type { CheckRun, Comment, Issue, Review, Team } from '../world/github/state.ts';
import { openPlay, type Play } from '../world/play.ts';
import {
  type Action,
  firstWorld,
  type GateRole,
  otherSha,
  type Sha,
  type Somebody,
  type World,
} from './gate-model.ts';

export const logins = { ann: 'octo-eng', bob: 'octo-em2', cyd: 'octo-qalead', bot: 'robot[bot]' } as const;
const key = '1_both';

const workflow = `name: pair
version: "1"
description: One stage that two roles approve.
stages:
  - stage: ${key}
    role: ENGINEER
    action: build
    output: A pull request
    approval_gate: two_eyes
    approvers: [ENGINEERING_MANAGER, QA_LEAD]
`;

const configOf = ({ policy }: Pick<World, 'policy'>): string => `roles:
  ENGINEER: [${logins.ann}]
  ENGINEERING_MANAGER: ["@acme/managers"]
  QA_LEAD: ["@acme/checkers"]
policy:
  self_approval: ${policy.self}
  distinct_approvers: ${policy.distinct}
  stale_on_push: ${policy.stale}
`;

/** What can be seen of a gate from outside. */
export interface Seen {
  readonly check: string;
  readonly status: string;
  /** Who fills a role, as the check says. */
  readonly filling: readonly Somebody[];
  readonly text: string;
}

/** One epic, from its claim on. */
export interface Performance {
  readonly pull: Issue;
  readonly stage: Issue;
  /** Whether people can do this on GitHub now. */
  readonly can: (action: Action) => boolean;
  /** People do it; nobody waits for what follows. */
  readonly acts: (action: Action, before: World) => void;
  /** The same, and everything that follows has happened. */
  readonly does: (action: Action, before: World) => Promise<void>;
  readonly sees: () => Seen;
  /** Ends the epic, and gives everybody back the roles they had. */
  readonly ends: () => Promise<void>;
}

export interface Theatre {
  readonly play: Play;
  /** `base`: what the pull request is opened against; `stacked` holds a commit of bob's. */
  readonly opens: (base?: string) => Promise<Performance>;
  readonly closes: () => Promise<void>;
}

const named = (text: string): readonly Somebody[] =>
  [...text.matchAll(/approved by `([^`]+)`/g)].flatMap(([, login]) =>
    (['ann', 'bob', 'cyd', 'bot'] as const).filter((who) => logins[who] === login),
  );

/** Two commits of one pull request, between which its branch is pushed and forced back. */
const makeBranch = (play: Play, pull: Issue) => {
  const { hub } = play.github;
  const shas: Partial<Record<Sha, string>> = { a: pull.pull?.headSha ?? '' };
  const force = (who: Somebody, to: string): void => {
    const it = pull.pull;
    if (it === null) throw new Error('not a pull request');
    const { actor } = play.person(logins[who]);
    const before = it.headSha;
    const push = { branch: it.headRef, before, after: to, forced: true };
    play.acme.shop.branches.set(it.headRef, to);
    Object.assign(it, {
      headSha: to,
      commits: commitsBetween(play.acme.shop, it.baseSha, to).map((one) => one.sha),
    });
    announcePush(hub, actor, play.acme.shop, push);
    announceIssue(hub, actor, pull, 'synchronize', { before, after: to });
  };
  return {
    sha: (which: Sha): string | undefined => shas[which],
    push: (who: Somebody, to: Sha): void => {
      const known = shas[to];
      if (known === undefined) shas[to] = play.person(logins[who]).pushes(pull);
      else force(who, known);
    },
  };
};

type Branch = ReturnType<typeof makeBranch>;

interface Stagehand {
  readonly play: Play;
  readonly pull: Issue;
  readonly stage: Issue;
  readonly branch: Branch;
  readonly teams: Readonly<Record<GateRole, Team>>;
  readonly reviews: Partial<Record<Somebody, Review>>;
  /** The last comment of each, and the last that was accepted: only that one can be taken back. */
  readonly said: Partial<Record<Somebody, Comment>>;
  readonly accepted: Partial<Record<Somebody, Comment>>;
}

/** A plain /approve in the second in which the head changed is refused, as it may be about the one before: people take longer. */
const twoSecondsLater = <T>(play: Play, act: () => T): T => {
  const { hub } = play.github;
  const { now } = hub;
  hub.now = () => `${new Date(Date.parse(now()) + 2_000).toISOString().slice(0, 19)}Z`;
  try {
    return act();
  } finally {
    hub.now = now;
  }
};

const says = (
  hand: Stagehand,
  { who, naming }: Extract<Action, { does: 'comment' }>,
  before: World,
): void => {
  const { play, stage, branch } = hand;
  const person = play.person(logins[who]);
  const say = (words: string): void => {
    hand.said[who] = person.says(stage, `/approve${words}`);
  };
  if (naming === 'head') say(` ${branch.sha(before.head)?.slice(0, 9)}`);
  else if (naming === 'other') say(` ${branch.sha(otherSha(before.head)) ?? 'f'.repeat(40)}`);
  else if (naming === 'none') twoSecondsLater(play, () => say(''));
  else {
    say('');
    branch.push('ann', otherSha(before.head));
  }
};

const reviews = (hand: Stagehand, { who, of }: Extract<Action, { does: 'review' }>, before: World): void => {
  const { play, pull, branch } = hand;
  const commit = branch.sha(of === 'other' ? otherSha(before.head) : before.head);
  hand.reviews[who] = play
    .person(logins[who])
    .reviews(pull, 'APPROVED', '', commit === undefined ? {} : { commit });
  if (of === 'overtaken') branch.push('ann', otherSha(before.head));
};

const dismisses = ({ play, reviews: given }: Stagehand, who: Somebody): void => {
  const review = given[who];
  if (review !== undefined) play.person('octo-admin').dismisses(review);
};

const takesBack = (hand: Stagehand, { who, how }: Extract<Action, { does: 'takeBack' }>): void => {
  const comment = hand.accepted[who];
  if (comment === undefined) return;
  if (how === 'edited') hand.play.person(logins[who]).edits(comment, 'hm, no');
  else hand.play.person('octo-admin').deletes(comment);
};

const acts = (hand: Stagehand, action: Action, before: World): void => {
  const { play, pull, stage, branch, teams } = hand;
  const boss = play.person('octo-admin');
  switch (action.does) {
    case 'push':
      branch.push(action.who, otherSha(before.head));
      break;
    case 'retarget':
      boss.retargets(pull, before.base === 'main' ? 'release' : 'main');
      break;
    case 'submit':
      play.person(logins.ann).says(stage, '/submit');
      break;
    case 'evidence':
      play.person(logins.ann).says(stage, '/evidence the measurements');
      break;
    case 'reject':
      play.person(logins[action.who]).says(stage, '/reject not like this');
      break;
    case 'review':
      reviews(hand, action, before);
      break;
    case 'changes':
      hand.reviews[action.who] = play
        .person(logins[action.who])
        .reviews(pull, 'CHANGES_REQUESTED', 'not yet');
      break;
    case 'dismiss':
      dismisses(hand, action.who);
      break;
    case 'takeBack':
      takesBack(hand, action);
      break;
    case 'comment':
      says(hand, action, before);
      break;
    case 'role':
      if (before.roles[action.who].includes(action.role))
        boss.removesFromTeam(teams[action.role], logins[action.who]);
      else boss.addsToTeam(teams[action.role], logins[action.who]);
      break;
    case 'policy': {
      const policy = { ...before.policy, [action.which]: !before.policy[action.which] };
      boss.pushesFile('.github/gatehouse.yml', configOf({ policy }));
      break;
    }
    case 'paint':
  }
};

const everyRole = { managers: ['ann', 'bob'], checkers: ['bob', 'cyd'] } as const;

const setTeams = (play: Play, teams: Readonly<Record<GateRole, Team>>): void => {
  const boss = play.person('octo-admin');
  for (const [team, members] of [
    [teams.EM, everyRole.managers],
    [teams.VP, everyRole.checkers],
  ] as const) {
    for (const who of members) {
      const { user, login } = play.person(logins[who]);
      if (!team.members.has(user.id)) boss.addsToTeam(team, login);
    }
    for (const who of ['ann', 'bob', 'cyd'] as const) {
      const { user, login } = play.person(logins[who]);
      if (!members.some((one) => one === who) && team.members.has(user.id)) boss.removesFromTeam(team, login);
    }
  }
};

let branches = 0;

const openPerformance = async (
  play: Play,
  teams: Stagehand['teams'],
  base = 'main',
): Promise<Performance> => {
  const epic = await play.starts('pair');
  const stage = play.stage(key);
  const ann = play.person(logins.ann);
  ann.says(stage, '/claim');
  branches += 1;
  const wish = { title: 'The work', body: `Stage: #${stage.number}`, branch: `work-${branches}`, base };
  const pull = ann.opensPullRequest(wish);
  await play.settles();
  const branch = makeBranch(play, pull);
  const hand: Stagehand = { play, pull, stage, branch, teams, reviews: {}, said: {}, accepted: {} };
  let strict = true;
  return {
    pull,
    stage,
    acts: (action, before) => acts(hand, action, before),
    can: (action) => {
      // GitHub knows no review of a commit that nobody pushed, and nobody keeps a comment back until a check is painted.
      if (action.does === 'review' && action.of === 'other') return branch.sha('b') !== undefined;
      return action.does !== 'paint' && !(action.does === 'comment' && action.naming === 'late');
    },
    does: async (action, before) => {
      if (action.does === 'policy') strict = false;
      acts(hand, action, before);
      await play.settles();
      if (action.does !== 'comment') return;
      const comment = hand.said[action.who];
      if (comment !== undefined && play.reactions(comment).includes('+1'))
        hand.accepted[action.who] = comment;
    },
    sees: () => {
      const run = play.check(pull);
      const text = [run?.output.title, run?.output.summary, run?.output.text].join('\n');
      const status = play.labels(stage).find((name) => name.startsWith('stage:')) ?? 'no state';
      const check = conclusionOf(run);
      return {
        check,
        status: status.slice('stage:'.length),
        filling: named(run?.output.text ?? ''),
        text,
      };
    },
    ends: async () => {
      play.person('octo-pm').says(epic, '/cancel the performance is over');
      await play.settles();
      ann.closesPullRequest(pull);
      setTeams(play, teams);
      if (!strict) play.person('octo-admin').pushesFile('.github/gatehouse.yml', configOf(firstWorld));
      await play.settles();
    },
  };
};

const conclusionOf = (run: CheckRun | undefined): string =>
  run === undefined ? 'no check' : (run.conclusion ?? run.status);

/** Opens the play in which the model is performed. */
export const openTheatre = async (): Promise<Theatre> => {
  const play = await openPlay({
    config: configOf(firstWorld),
    files: { '.github/gatehouse/pair.yml': workflow },
  });
  const { hub } = play.github;
  const { org, shop, managers } = play.acme;
  addCollaborator(shop, addAccount(hub, logins.bot, 'Bot'), 'write');
  commitTo(hub, shop, { branch: 'release', files: { 'RELEASE.md': 'soon\n' }, message: 'a release' });
  const { id: authorId } = play.person(logins.bob).user;
  commitTo(hub, shop, { branch: 'stacked', files: { 'below.txt': 'below\n' }, message: 'below', authorId });
  const teams = { EM: managers, VP: addTeam(hub, org, { slug: 'checkers' }) };
  setTeams(play, teams);
  await play.settles();
  return { play, opens: (base) => openPerformance(play, teams, base), closes: () => play.ends() };
};
