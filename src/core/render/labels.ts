/** The labels Gatehouse manages (contract §2) and how they look. */
import { type ShownStatus, shownStatus } from '../epic/stage.ts';
import type { Stage } from '../epic/state.ts';

/** Colour without `#` and a description within GitHub's 100 characters. */
export interface LabelStyle {
  readonly color: string;
  readonly description: string;
}

const states: Readonly<Record<ShownStatus, LabelStyle>> = {
  waiting: { color: 'd0d7de', description: 'Waits for the stages it depends on' },
  ready: { color: '54aeff', description: 'Can be claimed: /claim' },
  'in-progress': { color: 'f2cc60', description: 'Claimed, being worked on' },
  'in-review': { color: 'c297ff', description: 'Submitted, its gate is open: /approve or /reject' },
  blocked: { color: 'ff8182', description: 'An open blocker stops it: /unblock' },
  done: { color: '4ac26b', description: 'Done; final in this round' },
  skipped: { color: 'afb8c1', description: 'Skipped by somebody with an override role' },
  failed: { color: 'cf222e', description: 'Automation gave up on it' },
  cancelled: { color: '8c959f', description: 'The epic was cancelled, or this round was sent back' },
};

const isState = (word: string): word is ShownStatus => Object.hasOwn(states, word);

/** The labels of a stage issue: what it is, its state, whose role it is. */
export const stageLabels = (stage: Stage): readonly string[] => [
  'gatehouse:stage',
  `stage:${shownStatus(stage)}`,
  `role:${stage.definition.role}`,
];

/** Every label a stage's state can have: made together, so that a state met for the first time costs no request. */
export const stateLabels: readonly string[] = Object.keys(states).map((state) => `stage:${state}`);

/** The labels of a checklist issue. */
export const checklistLabels: readonly string[] = ['gatehouse:checklist'];

/** How a managed label looks; undefined for a label that is not ours. */
export const labelStyle = (name: string): LabelStyle | undefined => {
  const [, prefix, rest = ''] = /^(gatehouse|stage|role|workflow):(.+)$/.exec(name) ?? [];
  if (prefix === 'stage') return isState(rest) ? states[rest] : undefined;
  if (prefix === 'role')
    return { color: 'bfd4f2', description: `A stage for the role ${rest}`.slice(0, 100) };
  if (prefix === 'workflow') {
    return { color: '0e8a16', description: `Starts the workflow ${rest} for this issue`.slice(0, 100) };
  }
  if (rest === 'checklist')
    return { color: '1f6feb', description: 'The overview of an epic, kept by Gatehouse' };
  if (rest === 'stage') return { color: '8250df', description: 'A stage of an epic, kept by Gatehouse' };
  return undefined;
};
