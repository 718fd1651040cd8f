/** Why a stage is where it is: what is missing, who can give it, what to type. One tree for /why, check run, checklist and page. */
import { conditionText } from './condition.ts';
import { day, explainGlass, explainHold, explainQuestions } from './explain-signals.ts';
import { all, type Explanation, plain } from './explanation.ts';
import { type Consent, type GateVerdict, judgeGate, type NotCounted } from './gate.ts';
import { onlyTheirOwn } from './not-their-own.ts';
import { outstanding } from './outstanding.ts';
import { mayPause } from './require.ts';
import { roundOf } from './round-of.ts';
import { code, list, nameOf, whoHoldAny, whoHoldOneOf, whoHolds } from './say-who.ts';
import { openDependencies, openPulls, shownStatus } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';
import { actorOf } from './substitution.ts';
import { timedOutWords } from './timed-out.ts';

const running = (epic: OpenedEpic): readonly Explanation[] => {
  if (epic.status === 'cancelled') {
    const by = epic.cancellation === undefined ? '' : ` by ${nameOf(epic.cancellation.by)}`;
    return [plain(false, `The epic was cancelled${by}.`)];
  }
  if (epic.stop !== undefined) {
    const stopped = `EMERGENCY STOP by ${nameOf(epic.stop.by)} since ${day(epic.stop.at)}.`;
    const who = whoHoldAny(epic.rules, epic.rules.policy.overrideRoles);
    return [plain(false, stopped, { who, next: code('/resume') })];
  }
  if (epic.pause === undefined) return [];
  const says = `The epic is paused by ${actorOf(epic.pause)} since ${day(epic.pause.at)}.`;
  return [plain(false, says, { who: mayPause(epic), next: code('/resume') })];
};

const again = (stage: Stage): readonly Explanation[] =>
  stage.reopening === undefined
    ? []
    : [
        plain(
          true,
          `This is round ${roundOf(stage)}: ${nameOf(stage.reopening.by)} went back to ${code(stage.reopening.root)} on ${day(stage.reopening.at)}.`,
        ),
      ];

const dependencies = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => {
  if (stage.definition.dependsOn.length === 0) return [];
  const parts = openDependencies(epic, stage).map((one) => {
    const where = one.issue === undefined ? '' : ` (#${one.issue.number})`;
    const owner =
      one.claimant === undefined ? whoHolds(epic.rules, one.definition.role) : nameOf(one.claimant);
    return plain(false, `${code(one.definition.key)}${where} is ${shownStatus(one)}.`, { who: owner });
  });
  return [all({ held: 'What it depends on is done.', open: 'It waits for what it depends on.' }, parts)];
};

const claimed = (epic: OpenedEpic, stage: Stage): Explanation => {
  if (stage.claimant !== undefined) return plain(true, `${nameOf(stage.claimant)} has claimed it.`);
  const next = stage.status === 'waiting' ? {} : { next: code('/claim') };
  return plain(false, 'Nobody has claimed it.', {
    who: whoHolds(epic.rules, stage.definition.role),
    ...next,
  });
};

const submitted = (stage: Stage): Explanation => {
  if (stage.status === 'in-review' || stage.status === 'done') return plain(true, 'It is submitted.');
  const who = stage.claimant === undefined ? {} : { who: nameOf(stage.claimant), next: code('/submit') };
  if (stage.rejection === undefined) return plain(false, 'It is not submitted.', who);
  return plain(
    false,
    `${actorOf(stage.rejection)} rejected it on ${day(stage.rejection.at)}; it is not submitted again.`,
    who,
  );
};

const notWords: Readonly<Record<NotCounted, string>> = {
  'agent-alone': 'they are an agent without a principal',
  claimant: 'they claimed the stage',
  author: 'they opened the pull request',
  contributor: 'they have commits in the pull request',
  'older-commit': 'it was given on an older commit',
  'other-pull': 'it does not cover every pull request of the stage',
  'no-role': 'they hold none of the roles the gate asks for',
  'stands-for-barred': 'they stand for somebody who may not approve it',
  'other-stage': 'they worked on a stage that this one is kept apart from',
  condition: 'its condition does not hold yet',
};

const notYet = (stage: Stage, { by }: Consent): readonly Explanation[] =>
  stage.status === 'in-review'
    ? []
    : [plain(true, `The review of ${nameOf(by)} is kept and counts once the stage is submitted.`)];

const notCounted = (stage: Stage, consent: Consent): readonly Explanation[] => {
  if (consent.not !== 'condition' || consent.condition === undefined) return plainly(stage, consent);
  const what = conditionText(consent.condition);
  return [
    plain(true, `The approval of ${nameOf(consent.by)} is conditional and does not count yet: ${what}.`),
  ];
};

const plainly = (stage: Stage, consent: Consent): readonly Explanation[] =>
  consent.not === undefined
    ? notYet(stage, consent)
    : [plain(true, `The approval of ${nameOf(consent.by)} does not count: ${notWords[consent.not]}.`)];

const howToApprove = (epic: OpenedEpic, stage: Stage): string => {
  if (stage.status !== 'in-review') return `${code('/approve')} once it is submitted`;
  const fork = openPulls(epic, stage.definition.key).find((pull) => pull.fork);
  const words = fork === undefined ? '/approve' : `/approve ${fork.head.slice(0, 7)}`;
  return `${code(words)}, or approve the pull request`;
};

/** Who fills which role, and what is missing; roles of ways to pass that nobody needs any more are left out. */
const seats = (
  epic: OpenedEpic,
  stage: Stage,
  { filled, missing, nearest }: GateVerdict,
): readonly Explanation[] => {
  const next = howToApprove(epic, stage);
  const several = nearest.length > 1;
  const roles = (stage.definition.gate?.approvers ?? []).flatMap((role): readonly Explanation[] => {
    const seat = filled.find((one) => one.role === role);
    if (seat !== undefined) return [plain(true, `${code(role)}: approved by ${actorOf(seat)}.`)];
    if (several || !missing.includes(role)) return [];
    const stuck = onlyTheirOwn(epic, stage, role);
    if (stuck !== undefined) return [stuck];
    return [plain(false, `${code(role)} has not approved.`, { who: whoHoldAny(epic.rules, [role]), next })];
  });
  if (!several) return roles;
  const ways = nearest.slice(0, 5).map((way) => list(way.map(code)));
  const says = `One of these is still missing: ${ways.join(', or ')}.`;
  return [...roles, plain(false, says, { who: whoHoldOneOf(epic.rules, nearest), next })];
};

const gate = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => {
  const definition = stage.definition.gate;
  if (definition === undefined) return [];
  const name = code(definition.name);
  if (stage.override !== undefined) {
    return [
      plain(true, `Gate ${name} was OVERRIDDEN by ${actorOf(stage.override)} on ${day(stage.override.at)}.`),
    ];
  }
  const timedOut = timedOutWords(epic, stage);
  if (stage.timedOut !== undefined && timedOut !== undefined) {
    const says = `Gate ${name} ${timedOut} ${day(stage.timedOut.at)}: ${stage.timedOut.text}.`;
    return [plain(true, says), ...outstanding(epic, stage)];
  }
  const verdict = judgeGate(epic, stage);
  const parts = [
    ...seats(epic, stage, verdict),
    ...outstanding(epic, stage),
    ...verdict.consents.flatMap((consent) => notCounted(stage, consent)),
  ];
  return [all({ held: `Gate ${name} is passed.`, open: `Gate ${name} is open.` }, parts)];
};

const blockers = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => {
  const roles = [stage.definition.role, ...(stage.definition.gate?.approvers ?? [])];
  return stage.blockers.map((one) =>
    plain(false, `It is blocked by ${actorOf(one)} since ${day(one.at)}.`, {
      who: whoHoldAny(epic.rules, roles),
      next: code(stage.blockers.length > 1 ? `/unblock ${one.id}` : '/unblock'),
    }),
  );
};

const merges = (epic: OpenedEpic, stage: Stage): readonly Explanation[] =>
  openPulls(epic, stage.definition.key).map((pull) =>
    plain(false, `Pull request #${pull.number} is still open.`, { next: 'merge it, or close it' }),
  );

const says = (stage: Stage): { held: string; open: string } => {
  const key = code(stage.definition.key);
  return { held: `Nothing is missing for ${key}.`, open: `${key} is ${shownStatus(stage)}.` };
};

/**
 * Everything a stage still needs, as a tree.
 * `forCheck`: leaves out that its pull requests must be merged, which is what the check is asked about (contract §5).
 */
export const explainStage = (epic: OpenedEpic, stage: Stage, forCheck = false): Explanation => {
  if (stage.status === 'done')
    return plain(true, `${code(stage.definition.key)} is done since ${day(stage.since)}.`);
  if (stage.skip !== undefined) {
    const skipped = plain(
      true,
      `${code(stage.definition.key)} was SKIPPED by ${actorOf(stage.skip)} on ${day(stage.skip.at)}.`,
    );
    return forCheck && epic.pause !== undefined ? all(says(stage), [...running(epic), skipped]) : skipped;
  }
  // Nothing would be accepted any more: naming it would send people on a way that is closed.
  if (epic.status === 'cancelled') return all(says(stage), running(epic));
  return all(says(stage), [
    ...running(epic),
    ...again(stage),
    ...explainHold(epic, stage),
    ...dependencies(epic, stage),
    // Before what is refused while it stands: the first that is missing is what everybody is shown.
    ...blockers(epic, stage),
    claimed(epic, stage),
    submitted(stage),
    ...gate(epic, stage),
    ...explainQuestions(epic, stage),
    ...explainGlass(epic, stage),
    ...(forCheck ? [] : merges(epic, stage)),
  ]);
};
