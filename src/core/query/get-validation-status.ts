/** `getValidationStatus` (Q-08): whether the epic can be brought to its end as it is set up, and how its first gates stand. */
import { code, holdersOf } from '../epic/say-who.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { neutralCode } from '../render/neutral.ts';
import { type GateNow, gateNow, isPassed } from './gate-now.ts';
import { type Asked, query } from './query.ts';

/** One thing that was looked at. */
interface Validation {
  readonly check: 'roles-held' | 'links-confirmed';
  readonly holds: boolean;
  /** What does not hold, by name. */
  readonly wrong: readonly string[];
  readonly next: string | null;
}

/** The answer of `getValidationStatus`. */
interface ValidationStatus {
  readonly valid: boolean;
  /** Where the definition came from; it was read whole and without a problem, otherwise nothing would have started. */
  readonly definition: {
    readonly name: string;
    readonly version: string;
    readonly path: string;
    readonly commit: string | null;
  };
  readonly checks: readonly Validation[];
  /** Gates of the stages that nothing comes before. */
  readonly gates: readonly GateNow[];
}

const rolesHeld = (epic: OpenedEpic): Validation => {
  const asked = epic.stages.flatMap(({ definition }) => [
    definition.role,
    ...(definition.gate?.approvers ?? []),
  ]);
  const wrong = [...new Set(asked)].filter((role) => holdersOf(epic.rules, role).length === 0);
  const next = wrong.length === 0 ? null : 'add people or teams under `roles:` in `.github/gatehouse.yml`';
  return { check: 'roles-held', holds: wrong.length === 0, wrong, next };
};

const linksConfirmed = (epic: OpenedEpic): Validation => {
  const proposed = epic.pulls.filter((pull) => pull.link === 'proposed' && pull.state === 'open');
  const wrong = proposed.map((pull) => `#${pull.number}`);
  const next = wrong.length === 0 ? null : '`/link #<stage issue>` there, by somebody with write access';
  return { check: 'links-confirmed', holds: wrong.length === 0, wrong, next };
};

const answer = ({ epic }: Asked): ValidationStatus => {
  const checks = [rolesHeld(epic), linksConfirmed(epic)];
  const { name, version } = epic.definition;
  const first = epic.stages.filter((stage) => stage.definition.dependsOn.length === 0);
  return {
    valid: checks.every((one) => one.holds),
    definition: { name, version, ...epic.source },
    checks,
    gates: first.flatMap((stage) => gateNow(epic, stage) ?? []),
  };
};

const says: Readonly<Record<Validation['check'], { held: string; open: string }>> = {
  'roles-held': { held: 'Every role is held by somebody.', open: 'Nobody holds' },
  'links-confirmed': {
    held: 'Every link of a pull request is confirmed.',
    open: 'The link to a stage is not confirmed of',
  },
};

const line = ({ check, holds, wrong, next }: Validation): string => {
  if (holds) return `- ✅ ${says[check].held}`;
  const names = wrong.map((name) => (check === 'roles-held' ? code(name) : name)).join(', ');
  return `- ⏳ ${says[check].open} ${names}.${next === null ? '' : ` **Next:** ${next}`}`;
};

const lines = ({ definition, checks, gates }: ValidationStatus): readonly string[] => {
  const commit = definition.commit === null ? '' : ` at ${code(definition.commit.slice(0, 7))}`;
  return [
    `- ✅ Workflow ${neutralCode(definition.name)} version ${neutralCode(definition.version)} was read without a problem from ${neutralCode(definition.path, 120)}${commit}.`,
    ...checks.map(line),
    ...gates.map((gate) => {
      const missing = gate.missing.length === 0 ? '' : `; missing ${gate.missing.map(code).join(', ')}`;
      const sign = isPassed(gate) ? '✅' : gate.state === 'cancelled' ? '⊘' : '⏳';
      return `- ${sign} Gate ${neutralCode(gate.gate)} of ${code(gate.stage)}: ${gate.state}${missing}.`;
    }),
  ];
};

/** The record of `getValidationStatus`. */
export const getValidationStatus = query<ValidationStatus>({
  name: 'getValidationStatus',
  word: null,
  summary: 'Whether the epic can be brought to its end as it is set up.',
  ofStage: false,
  answer,
  lines,
});
