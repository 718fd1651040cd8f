/** Commands that ask: their records are made from the queries, so that a query has one name, one word and one sentence. */
import { isRefusal, refuse } from '../epic/refusal.ts';
import { findQuery, queries } from '../query/index.ts';
import type { Query } from '../query/query.ts';
import { suggest } from '../workflow/suggest.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage } from './stage-argument.ts';

const who = 'anyone who can comment';

/** `/timeline` and the like: the record of a query's word. */
const asking = ({ name, word, summary, ofStage }: Query): SlashCommand => {
  const typed = word ?? name;
  return {
    name: typed,
    aliases: [],
    usage: `/${typed}${ofStage ? ' [stage]' : ''}`,
    who,
    summary: `Answers ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
    examples: [`/${typed}`, ...(ofStage ? [`/${typed} 2_design`] : [])],
    meaning: (argument, context) => {
      if (!ofStage) return { type: 'Ask', about: 'query', query: name };
      const named = onlyStage(typed, argument, context);
      return isRefusal(named) ? named : { type: 'Ask', about: 'query', query: name, ...named };
    },
  };
};

/** Words with records of their own, which stand in the registry by themselves. */
const own = new Set(['status', 'why', 'evidence']);

/** One record for every other query that has a word. */
export const questions: readonly SlashCommand[] = queries
  .filter(({ word }) => word !== null && !own.has(word))
  .map(asking);

const nameOf = /^(\S{1,60})\s*([\s\S]*)$/;
const safe = /^[A-Za-z]{1,40}$/;

/** The record of `/query`: any query by its long name; without one, the list. */
export const query: SlashCommand = {
  name: 'query',
  aliases: [],
  usage: '/query [name] [stage]',
  who,
  summary: 'Answers any query by its name; without a name, with the list of them.',
  examples: ['/query', '/query getGateStatus', '/query getTaskReview 2_design'],
  meaning: (argument, context) => {
    if (argument === '') return { type: 'Ask', about: 'queries' };
    const [, name = '', rest = ''] = nameOf.exec(argument) ?? [];
    const found = findQuery(name);
    if (found !== undefined) return asking(found).meaning(rest, context);
    const meant = suggest(
      name,
      queries.map((one) => one.name),
    );
    const why = safe.test(name) ? `There is no query \`${name}\`.` : 'There is no such query.';
    return refuse('unknown-query', why, {
      next: meant === undefined ? '`/query` lists them' : `\`/query ${meant}\``,
    });
  },
};
