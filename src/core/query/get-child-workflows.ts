/** `getChildWorkflows`: the stages as the epic's children, each with its issue, its owner and its pull requests. */
import { code } from '../epic/say-who.ts';
import { pullsOf, shownStatus } from '../epic/stage.ts';
import { neutral } from '../render/neutral.ts';
import { statusSign } from '../render/status-sign.ts';
import { table } from '../render/table.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';

/** One stage as a child of its epic. */
interface Child {
  readonly stage: string;
  readonly action: string;
  readonly role: string;
  readonly status: ReturnType<typeof shownStatus>;
  readonly since: string;
  readonly issue: number | null;
  readonly claimant: string | null;
  readonly dependsOn: readonly string[];
  readonly pulls: readonly number[];
}

/** The answer of `getChildWorkflows`. */
interface Children {
  readonly children: readonly Child[];
}

const answer = (asked: Asked): Children => ({
  children: askedStages(asked).map((stage) => ({
    stage: stage.definition.key,
    action: stage.definition.action,
    role: stage.definition.role,
    status: shownStatus(stage),
    since: stage.since,
    issue: stage.issue?.number ?? null,
    claimant: stage.claimant?.login ?? null,
    dependsOn: stage.definition.dependsOn,
    pulls: pullsOf(asked.epic, stage.definition.key).map((pull) => pull.number),
  })),
});

const lines = ({ children }: Children): readonly string[] =>
  table(
    ['stage', 'issue', 'state', 'role', 'claimant', 'action', 'pull requests'],
    children.map((one) => [
      code(one.stage),
      one.issue === null ? '' : `#${one.issue}`,
      statusSign(one.status),
      code(one.role),
      one.claimant === null ? '' : code(one.claimant),
      neutral(one.action, { max: 60 }),
      one.pulls.map((number) => `#${number}`).join(', '),
    ]),
  );

/** The record of `getChildWorkflows`. */
export const getChildWorkflows = query<Children>({
  name: 'getChildWorkflows',
  word: 'stages',
  summary: 'The stages with their issues, owners and pull requests.',
  ofStage: true,
  answer,
  lines,
});
