/** What another definition would do to a running epic: what changes, what stays, and what stands in the way. */
import type { StageDefinition, StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import { diffWorkflows, sameGate, type WorkflowDiff } from '../workflow/diff.ts';
import type { Person } from './person.ts';
import { pastRounds } from './round-of.ts';
import { findStage, isFinal, isSettled } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';
import { withAdded } from './with-added.ts';

/** Why a migration cannot be done as the file stands. */
export interface Obstacle {
  readonly kind: 'begun-would-go' | 'rounds-would-go' | 'pulls-would-go' | 'begun-would-wait' | 'too-many';
  readonly stage?: StageKey;
  /** The stages it would wait for, the pull requests it has, or how many issues there would be. */
  readonly about: readonly (string | number)[];
}

/** A stage whose approvals would no longer count, and whose they are. */
export interface Voided {
  readonly stage: StageKey;
  readonly people: readonly Person[];
}

/** See `planMigration`. */
export interface MigrationPlan {
  readonly diff: WorkflowDiff;
  /** What the epic would run: the file, and the stages that were added to the epic. */
  readonly definition: WorkflowDefinition;
  /** True where nothing of the epic would be another. */
  readonly nothing: boolean;
  /** Stages that are over and stand otherwise, or not at all, in the file: they stay as they were. */
  readonly kept: readonly StageKey[];
  readonly leaving: readonly Stage[];
  readonly voided: readonly Voided[];
  /** In review behind a gate that would be gone: they go back to their claimant, since nothing passes by migrating. */
  readonly returned: readonly StageKey[];
  readonly obstacles: readonly Obstacle[];
}

/** Every issue there ever was stays under the checklist, and GitHub takes a hundred of them (platform §4.4). */
const mostIssues = 100;

const isBegun = (stage: Stage): boolean => stage.status === 'in-progress' || stage.status === 'in-review';

const peopleOf = (epic: OpenedEpic, stage: Stage): readonly Person[] => {
  const reviews = epic.pulls
    .filter((pull) => pull.stage === stage.definition.key)
    .flatMap((pull) => pull.reviews.filter((one) => one.verdict === 'approved' && !one.voided));
  const excused = [stage.override, stage.timedOut].flatMap((one) => one?.by ?? []);
  const people = [...stage.approvals.map((one) => one.by), ...reviews.map((one) => one.by), ...excused];
  return [...new Map(people.map((person) => [person.id, person])).values()];
};

const obstaclesTo = (epic: OpenedEpic, stage: Stage): readonly Obstacle[] => {
  const { key } = stage.definition;
  if (isBegun(stage)) return [{ kind: 'begun-would-go', stage: key, about: [] }];
  // What was done in them stays part of the epic, and has no place without the stage.
  if (pastRounds(stage).length > 0) return [{ kind: 'rounds-would-go', stage: key, about: [] }];
  const pulls = epic.pulls.filter((pull) => pull.stage === key).map((pull) => pull.number);
  return pulls.length === 0 ? [] : [{ kind: 'pulls-would-go', stage: key, about: pulls }];
};

const waitsFor = (epic: OpenedEpic, definition: StageDefinition): readonly Obstacle[] => {
  const stage = findStage(epic, definition.key);
  if (stage === undefined || !isBegun(stage)) return [];
  const open = definition.dependsOn.filter((key) => {
    const dependency = findStage(epic, key);
    return dependency === undefined || !isSettled(dependency);
  });
  return open.length === 0 ? [] : [{ kind: 'begun-would-wait', stage: definition.key, about: open }];
};

const tooMany = (epic: OpenedEpic, added: readonly StageDefinition[]): readonly Obstacle[] => {
  const before = [...epic.stages.map((one) => one.definition), ...(epic.removed ?? [])];
  const keys = new Set([...before, ...added].map((one) => one.key));
  return keys.size > mostIssues ? [{ kind: 'too-many', about: [keys.size] }] : [];
};

/** Compares a definition with what the epic runs. Pure: the same epic and file are told the same; never refuses. */
export const planMigration = (epic: OpenedEpic, file: WorkflowDefinition): MigrationPlan => {
  const definition = withAdded(epic, file);
  const all = diffWorkflows(epic.definition, definition);
  const over = (key: StageKey): boolean => {
    const stage = findStage(epic, key);
    return stage !== undefined && isFinal(stage);
  };
  const kept = [...all.removed, ...all.changed].map((one) => one.key).filter(over);
  const removed = all.removed.filter(({ key }) => !over(key));
  const diff = { ...all, removed, changed: all.changed.filter(({ key }) => !over(key)) };
  const leaving = removed.flatMap(({ key }) => findStage(epic, key) ?? []);
  const regated = definition.stages.flatMap((next) => {
    const stage = findStage(epic, next.key);
    return stage === undefined || isFinal(stage) || sameGate(stage.definition, next) ? [] : [{ stage, next }];
  });
  const voided = regated
    .map(({ stage }) => ({ stage: stage.definition.key, people: peopleOf(epic, stage) }))
    .filter(({ people }) => people.length > 0);
  const returned = regated
    .filter(
      ({ stage, next }) =>
        stage.status === 'in-review' && stage.definition.gate !== undefined && next.gate === undefined,
    )
    .map(({ stage }) => stage.definition.key);
  const changes = [diff.added, diff.removed, diff.changed, diff.about];
  return {
    diff,
    definition,
    nothing: changes.every((one) => one.length === 0) && !diff.reordered,
    kept,
    leaving,
    voided,
    returned,
    obstacles: [
      ...leaving.flatMap((stage) => obstaclesTo(epic, stage)),
      ...definition.stages.flatMap((one) => waitsFor(epic, one)),
      ...tooMany(epic, diff.added),
    ],
  };
};
