/** The ledger's pins as the facts room asks for them. */
import type { Pins } from '../github/facts/roles-held.ts';
import type { Connection } from '../ledger/database.ts';
import { pin, readPin } from '../ledger/pins.ts';

/** Names pinned in one repository. */
export const pinsOf = (on: Connection, repositoryId: number): Pins => ({
  user: (name) => readPin(on, { repositoryId, kind: 'user', name }),
  team: (name) => readPin(on, { repositoryId, kind: 'team', name }),
  pinUser: (name, id) => pin(on, { repositoryId, kind: 'user', name, id }),
  pinTeam: (name, id) => pin(on, { repositoryId, kind: 'team', name, id }),
});
