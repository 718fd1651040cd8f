/** `installation.*`: whether we may act at all (threats F34). */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const payload = z.object({
  installation: z.object({ account: z.object({ login: z.string().default('') }).nullish() }),
});

const states: Readonly<Record<string, 'active' | 'suspended' | 'deleted'>> = {
  created: 'active',
  unsuspend: 'active',
  new_permissions_accepted: 'active',
  suspend: 'suspended',
  deleted: 'deleted',
};

export const installation: Reader = {
  event: 'installation',
  actions: Object.keys(states),
  read: (body, action) => {
    const { account } = payload.parse(body).installation;
    const state = states[action];
    return state === undefined
      ? undefined
      : { kind: 'installation-changed', state, account: account?.login ?? '' };
  },
};
