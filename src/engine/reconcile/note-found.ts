/** Writing down what was found, together with what puts it right. */
import { noteRepairs } from '../../ledger/repairs.ts';
import type { Desk } from '../desk.ts';
import type { Found } from './sight.ts';

/** Nothing is written for nothing found. */
export const noteFound = (
  desk: Desk,
  of: { readonly repositoryId: number; readonly epicId: string | null },
  found: readonly Found[],
): void => {
  if (found.length === 0) return;
  const repairs = found.map((one) => ({ ...of, ...one }));
  desk.also((tx) => noteRepairs(tx, repairs));
};
