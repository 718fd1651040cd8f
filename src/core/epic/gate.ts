/** The one place that says whether a gate is passed: who consents, who is barred, which role each fills (contract §3–§5). */
import type { Role } from '../workflow/definition.ts';
import { patternsOf } from '../workflow/path-patterns.ts';
import { onePerson, standsAlone } from './agents.ts';
import { type Condition, conditionHolds } from './condition.ts';
import { carriesTo } from './moved-head.ts';
import { outstanding } from './outstanding.ts';
import type { Person } from './person.ts';
import { openQuestions } from './question.ts';
import { type FilledSeat, fillSeats } from './seats.ts';
import { judgedPulls, mayFill } from './stage.ts';
import type { Approval, OpenedEpic, Pull, Review, Stage } from './state.ts';
import { countsFor, type Substitution } from './substitution.ts';
import { waysToPass } from './ways-to-pass.ts';
import { isClaimant, workedApart } from './worked-apart.ts';

/** Why somebody's approval does not count now. */
export type NotCounted =
  | 'agent-alone'
  | 'claimant'
  | 'author'
  | 'contributor'
  | 'older-commit'
  | 'other-pull'
  | 'no-role'
  | 'stands-for-barred'
  | 'other-stage'
  | 'condition';

/** One person's approval as the gate sees it. */
export interface Consent {
  readonly by: Person;
  /** The gate's roles the person can fill. */
  readonly roles: readonly Role[];
  /** In whose place they can fill which of them. */
  readonly instead: readonly Substitution[];
  readonly at: string;
  /** What it waits for, where it does. */
  readonly condition?: Condition;
  /** Absent: it counts. */
  readonly not?: NotCounted;
}

/** A gate judged: which roles are filled by whom, which are missing, and whose approval does not count and why. */
export interface GateVerdict {
  readonly passed: boolean;
  readonly filled: readonly FilledSeat[];
  readonly missing: readonly Role[];
  /** The same of every way to pass; `filled` and `missing` are those of the nearest. */
  readonly ways: readonly Pick<GateVerdict, 'filled' | 'missing'>[];
  /** What is missing on each of the ways that lack least: any one of these lists would do. */
  readonly nearest: readonly (readonly Role[])[];
  /** Every role in them: whose approval would bring the gate nearer. */
  readonly wanted: readonly Role[];
  readonly consents: readonly Consent[];
}

/** Why this person may not approve this stage at all, whatever they say (policy self_approval, contract §2). */
export const barredFromApproving = (
  epic: OpenedEpic,
  stage: Stage,
  person: Person,
): NotCounted | undefined => {
  if (standsAlone(epic.rules, person)) return 'agent-alone';
  if (workedApart(epic, stage, person) !== undefined) return 'other-stage';
  if (epic.rules.policy.selfApproval) return undefined;
  if (isClaimant(epic.rules, stage, person.id)) return 'claimant';
  const same = (id: number): boolean => onePerson(epic.rules, id, person.id);
  const pulls = judgedPulls(epic, stage.definition.key);
  if (pulls.some((pull) => same(pull.author.id))) return 'author';
  if (pulls.some((pull) => pull.contributors.some(same))) return 'contributor';
  return undefined;
};

interface Held {
  readonly roles: readonly Role[];
  readonly instead: readonly Substitution[];
}

/** What an approval is held against: its files where they are named, the whole change otherwise. */
type Judged = readonly string[] | undefined;

const holdsFor = (epic: OpenedEpic, pull: Pull, commit: string | undefined, judged: Judged): boolean =>
  commit !== undefined && (!epic.rules.policy.staleOnPush || carriesTo(pull, commit, judged));

/** The approving review of this person that still stands on the pull request, whatever commit it was given on. */
export const liveReview = (pull: Pull, person: number): Review | undefined =>
  pull.reviews.find((review) => review.by.id === person && review.verdict === 'approved' && !review.voided);

/** Whether it had been lost to a push already when a pull request it was about was closed or went elsewhere (threats T13). */
const leftBehind = (
  epic: OpenedEpic,
  approval: Approval | undefined,
  pulls: readonly Pull[],
  judged: Judged,
): boolean =>
  [...epic.pulls, ...(epic.departed ?? [])].some(
    (pull) =>
      !pulls.includes(pull) &&
      approval?.commits[pull.number] !== undefined &&
      !holdsFor(epic, pull, approval.commits[pull.number], judged),
  );

/** Whether one person's approvals together cover every pull request of the stage; a comment without pull requests covers it all. */
const coverage = (
  epic: OpenedEpic,
  pulls: readonly Pull[],
  { person, approval }: { readonly person: number; readonly approval: Approval | undefined },
  judged: Judged,
): NotCounted | undefined => {
  const lost = leftBehind(epic, approval, pulls, judged);
  if (lost && pulls.length === 0) return 'older-commit';
  for (const pull of pulls) {
    const review = liveReview(pull, person);
    const commits = [lost ? undefined : approval?.commits[pull.number], review?.commit];
    if (commits.some((commit) => holdsFor(epic, pull, commit, judged))) continue;
    return commits.some((commit) => commit !== undefined) ? 'older-commit' : 'other-pull';
  }
  return undefined;
};

/** The roles somebody said yes with, in whose place; those held for people who may not approve it are none of theirs either. */
const heldFor = (epic: OpenedEpic, stage: Stage, said: readonly (Approval | Review)[]): Held => {
  const mayCount = (of: Person): boolean => barredFromApproving(epic, stage, of) === undefined;
  const found = said.flatMap((one) =>
    one.roles.map((role) => ({ role, by: countsFor(one, role, mayCount) })),
  );
  const own = found.filter(({ by }) => by === 'own').map(({ role }) => role);
  const instead = found.flatMap(({ role, by }) =>
    by === 'own' || own.includes(role) ? [] : by.map((of) => ({ role, of })),
  );
  return { roles: [...new Set([...own, ...instead.map(({ role }) => role)])], instead };
};

/** The gate's roles a person can fill: those they hold, or all of them where they hold one the gate was opened to. */
const fillable = (stage: Stage, { roles, instead }: Held): Held => {
  const asked = stage.definition.gate?.approvers ?? [];
  const own = roles.filter((role) => !instead.some((one) => one.role === role));
  const wide = stage.widened.filter((role) => roles.includes(role));
  if (wide.some((role) => own.includes(role))) return { roles: asked, instead: [] };
  const places = asked
    .filter((role) => !own.includes(role))
    .flatMap((role) =>
      instead.filter((one) => one.role === role || wide.includes(one.role)).map(({ of }) => ({ role, of })),
    );
  return { roles: wide.length > 0 ? asked : asked.filter((role) => roles.includes(role)), instead: places };
};

const consentOf = (epic: OpenedEpic, stage: Stage, person: Person): Consent => {
  const pulls = judgedPulls(epic, stage.definition.key);
  const approval = stage.approvals.find((one) => one.by.id === person.id);
  const reviews = pulls.flatMap((pull) => liveReview(pull, person.id) ?? []);
  const { condition } = approval ?? {};
  const waits = condition !== undefined && !conditionHolds(epic, stage, condition);
  // What waits for its condition is shown with the roles it will fill, and counts as nothing beside a review.
  const heard = waits ? undefined : approval;
  const shown = reviews.length === 0 ? approval : heard;
  const said = [...(shown === undefined ? [] : [shown]), ...reviews];
  const { roles, instead } = fillable(stage, heldFor(epic, stage, said));
  const at = said.map((one) => one.at).sort()[0] ?? '';
  const holds = said.some((one) => mayFill(stage).some((role) => one.roles.includes(role)));
  const none = holds ? 'stands-for-barred' : 'no-role';
  const unmet: NotCounted | undefined = waits && reviews.length === 0 ? 'condition' : undefined;
  const lacks = roles.map((role) =>
    coverage(
      epic,
      pulls,
      { person: person.id, approval: heard },
      patternsOf(stage.definition.gate?.paths, role),
    ),
  );
  const current = roles.filter((_, index) => lacks[index] === undefined);
  const not =
    barredFromApproving(epic, stage, person) ??
    unmet ??
    (roles.length === 0 ? none : current.length === 0 ? lacks[0] : undefined);
  return {
    by: person,
    roles: current.length === 0 ? roles : current,
    instead,
    at,
    ...(waits && { condition }),
    ...(not === undefined ? {} : { not }),
  };
};

const whoConsents = (epic: OpenedEpic, stage: Stage): readonly Person[] => {
  const people = new Map<number, Person>();
  for (const approval of stage.approvals) people.set(approval.by.id, approval.by);
  for (const pull of judgedPulls(epic, stage.definition.key)) {
    for (const review of pull.reviews) {
      if (review.verdict === 'approved' && !review.voided) people.set(review.by.id, review.by);
    }
  }
  return [...people.values()];
};

/**
 * Judges a stage's gate from the epic alone.
 * A stage without a gate passes; an override passes whatever is missing, time only missing approvals. Approvals count only once the stage is submitted.
 * A gate with an open question does not pass (requirements SG-10).
 */
export const judgeGate = (epic: OpenedEpic, stage: Stage): GateVerdict => {
  const approvers = stage.definition.gate?.approvers ?? [];
  const consents = whoConsents(epic, stage).map((person) => consentOf(epic, stage, person));
  const submitted = stage.status === 'in-review' || stage.status === 'done';
  const counting = submitted ? consents.filter((consent) => consent.not === undefined) : [];
  const ways = waysToPass(stage.definition.gate?.require, approvers);
  const tried = ways.map((roles) => {
    const filled = fillSeats(roles, counting, epic.rules);
    return { filled, missing: roles.filter((role) => !filled.some((one) => one.role === role)) };
  });
  const { filled, missing } = tried.reduce((best, one) =>
    one.missing.length < best.missing.length ? one : best,
  );
  const least = tried.filter((one) => one.missing.length === missing.length).map((one) => one.missing);
  const nearest = [...new Map(least.map((roles) => [roles.toSorted().join(), roles])).values()];
  const agreed = stage.timedOut !== undefined || missing.length === 0;
  const settled = openQuestions(stage).length === 0 && outstanding(epic, stage).length === 0;
  const passed = stage.override !== undefined || (agreed && settled);
  const wanted = [...new Set(nearest.flat())];
  return { passed: submitted && passed, filled, missing, ways: tried, nearest, wanted, consents };
};
