/** The agents of a configuration with the ids of the accounts they and their principals are. */
import type { Configuration } from '../core/workflow/configuration.ts';
import { pinnedAccount } from '../github/facts/pinned-account.ts';
import type { Connection } from '../ledger/database.ts';
import { pinsOf } from './ledger-pins.ts';
import type { Site } from './site.ts';

/** The same rules with every agent's ids; a name that nobody bears gets none, and is nobody. */
export const agentsNow = async <R extends { readonly configuration: Configuration }>(
  on: Connection,
  site: Site,
  rules: R,
): Promise<R> => {
  const { agents } = rules.configuration;
  if (agents === undefined) return rules;
  const pins = pinsOf(on, site.known.id);
  const idOf = (login: string | undefined): Promise<number | undefined> =>
    login === undefined ? Promise.resolve(undefined) : pinnedAccount(site.client, pins, login);
  const known: NonNullable<Configuration['agents']>[number][] = [];
  for (const agent of agents) {
    const id = await idOf(agent.login);
    const principalId = await idOf(agent.principal);
    known.push({
      ...agent,
      ...(id === undefined ? {} : { id }),
      ...(principalId === undefined ? {} : { principalId }),
    });
  }
  return { ...rules, configuration: { ...rules.configuration, agents: known } };
};
