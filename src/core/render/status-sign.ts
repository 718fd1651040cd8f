/** How a stage's status looks: a symbol and a word, never colour alone. */
import type { ShownStatus } from '../epic/stage.ts';

const symbols: Readonly<Record<ShownStatus, string>> = {
  waiting: '○',
  ready: '▷',
  'in-progress': '◐',
  'in-review': '◉',
  blocked: '■',
  done: '✓',
  skipped: '↷',
  failed: '✗',
  cancelled: '⊘',
};

/** `✓ done`, `◉ in-review`, … */
export const statusSign = (status: ShownStatus): string => `${symbols[status]} ${status}`;
