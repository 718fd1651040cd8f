/** The labels we paint (contract §2), and how they look where we make them. */
import { type ShownStatus, shownStatus } from '../epic/stage.ts';
import type { Stage } from '../epic/state.ts';

/** A label as GitHub wants it made; `color` as six hex digits. */
export interface LabelStyle {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

const stateColors: Readonly<Record<ShownStatus, string>> = {
  waiting: 'd1d9e0',
  ready: '54aeff',
  'in-progress': '0969da',
  'in-review': 'd4a72c',
  done: '2da44e',
  skipped: '8c959f',
  blocked: 'cf222e',
  failed: '82071e',
  cancelled: '6e7781',
};

const isState = (text: string): text is ShownStatus => Object.hasOwn(stateColors, text);

/** The checklist issue's label. */
export const checklistLabels: readonly string[] = ['gatehouse:checklist'];

/** A stage issue's labels now. */
export const stageLabels = (stage: Stage): readonly string[] => [
  'gatehouse:stage',
  `stage:${shownStatus(stage)}`,
  `role:${stage.definition.role}`,
];

/** Colour and description of a label of ours. */
export const labelStyle = (name: string): LabelStyle => {
  const state = name.startsWith('stage:') ? name.slice('stage:'.length) : '';
  if (isState(state)) return { name, color: stateColors[state], description: `Painted by Gatehouse: the stage is ${state}` };
  if (name.startsWith('role:')) return { name, color: 'c297ff', description: 'Painted by Gatehouse: who does this stage' };
  return { name, color: '1f6feb', description: 'Painted by Gatehouse' };
};
