/** A query's answer as one comment: whole lines, as many as fit, and where the rest can be read. */
import { code } from '../epic/say-who.ts';
import type { Asked, Query } from '../query/query.ts';

const longestReply = 20_000;

/** The answer's lines; where they would fill pages, the first of them and the address of all of it as JSON. */
export const queryReply = (query: Query, asked: Asked): string => {
  const lines = query.lines(asked);
  let length = 0;
  const shown = lines.findIndex((line) => {
    length += line.length + 1;
    return length > longestReply;
  });
  if (shown === -1) return lines.join('\n');
  const stage = asked.stage === undefined ? '' : `?stage=${encodeURIComponent(asked.stage)}`;
  const address = `/api/v1/epics/${asked.id}/queries/${query.name}${stage}`;
  const left = lines.length - shown;
  const rest = `… and ${left} more ${left === 1 ? 'line' : 'lines'}: all of it is at ${code(address)} on Gatehouse's own address.`;
  return [...lines.slice(0, shown), '', rest].join('\n');
};

/** `/query` without a name: every query with its words. */
export const queriesReply = (queries: readonly Query[]): string =>
  [
    '| query | word | what it answers |',
    '| --- | --- | --- |',
    ...queries.map(
      ({ name, word, summary }) =>
        `| ${code(name)} | ${word === null ? '' : code(`/${word}`)} | ${summary} |`,
    ),
    '',
    `${code('/query <name> [stage]')} asks any of them; asking changes nothing.`,
  ].join('\n');
