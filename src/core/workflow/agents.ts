/** `agents:` of gatehouse.yml: which accounts are machines, and for whom each of them works (threats T17, T20, T74). */
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { names } from './names.ts';
import { quote } from './quote.ts';

/** One agent. The ids are filled in when GitHub has said whose names these are; absent where nobody bears them. */
export interface AgentEntry {
  readonly login: string;
  /** The person whose doing everything is that the agent does. */
  readonly principal?: string;
  readonly id?: number;
  readonly principalId?: number;
}

/** Agent → principal, as it stands in the file. */
export const agentsSchema = z
  .record(names.account, z.strictObject({ principal: names.person.nullish() }).nullish())
  .nullish()
  .meta({
    description:
      'Accounts that are machines, each with the person it works for. Without a principal it is heard, and neither claims nor approves nor overrides.',
    examples: [{ 'coder-bot': { principal: 'octo-eng' } }],
  });

type Given = z.output<typeof agentsSchema>;

const bare = (login: string): string => login.replace(/^@/, '');

/** As they are kept, in the file's order; undefined where none are written. */
export const readAgents = (given: Given): readonly AgentEntry[] | undefined => {
  const entries = Object.entries(given ?? {});
  if (entries.length === 0) return undefined;
  return entries.map(([login, agent]) => ({
    login: bare(login),
    ...(agent?.principal != null && { principal: bare(agent.principal) }),
  }));
};

/** A principal that is a machine itself would answer for nothing. */
export const agentFindings = (given: Given): readonly Finding[] => {
  const known = (readAgents(given) ?? []).map((one) => one.login.toLowerCase());
  return Object.entries(given ?? {}).flatMap(([login, agent]): readonly Finding[] => {
    const principal = agent?.principal ?? undefined;
    if (principal === undefined || !known.includes(bare(principal).toLowerCase())) return [];
    const message = `${quote(principal)} is an agent itself`;
    const path = ['agents', login, 'principal'];
    return [{ code: 'bad-value', message, hint: 'name the person who answers for it', path, on: 'value' }];
  });
};
