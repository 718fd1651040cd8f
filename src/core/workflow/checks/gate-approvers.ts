/** A gate nobody can pass, or approvers with nothing to approve. */

import { quote } from '../quote.ts';
import type { Check } from './check.ts';

/** `approval_gate` and `approvers` come together. */
export const gateApprovers: Check = function* ({ stages }) {
  for (const { gate, approvers, path } of stages) {
    if (gate !== undefined && gate.name !== '' && approvers.length === 0) {
      const message = `the gate ${quote(gate.name)} has no approvers`;
      const hint = 'add `approvers: [ROLE]`: nobody could pass it';
      yield { code: 'gate-without-approvers', message, hint, path: gate.path, on: 'key' };
    }
    if (gate === undefined && approvers.length > 0) {
      const message = 'approvers without an `approval_gate`';
      const hint = 'name the gate, or leave the approvers out';
      yield { code: 'approvers-without-gate', message, hint, path: [...path, 'approvers'], on: 'key' };
    }
  }
};
