/** Every query: named once, plain JSON, changes nothing, and nothing it repeats comes to life. */
import { describe, expect, test } from 'vitest';
import { queries } from '../../../src/core/query/index.ts';
import type { Asked } from '../../../src/core/query/query.ts';
import { queriesReply, queryReply } from '../../../src/core/render/query-reply.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import { started } from '../epic/given.ts';
import { mentionsIn, nodesOf } from '../render/live-markdown.ts';
import { hugeEpic } from '../render/sample-epic.ts';
import { askedOf, eventful, theQuery } from './asked.ts';

const by = { login: 'dan', id: 2, roles: ['ENG'] };

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

const huge = (): Asked => {
  const epic = hugeEpic();
  const event = { type: 'EvidenceAdded', stage: 'x', at: epic.openedAt, by: epic.author } as const;
  const text = '@acme/all closes #1 <b> `x` | https://github.com/acme/shop/issues/9';
  return {
    ...askedOf(started()),
    epic,
    history: Array.from({ length: 2_000 }, () => ({ ...event, text })),
    by,
  };
};

describe('every query', () => {
  test('no two of them answer to the same name, and each word is a name of its own', () => {
    const names = queries.flatMap(({ name, word }) => (word === null ? [name] : [name, word]));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    expect(theQuery('GETTIMELINE')).toBe(theQuery('timeline'));
    for (const { name, summary } of queries)
      expect([name, summary]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/)]);
  });

  test.each(queries.map((query) => [query.name, query] as const))(
    '%s: the same question twice is answered the same, in plain JSON, and leaves everything as it was',
    (_, query) => {
      for (const asked of [askedOf(started(), { by }), askedOf(eventful(), { by }), askedOf(eventful())]) {
        const first = query.answer(frozen(asked));
        expect(query.answer(asked)).toEqual(first);
        expect(JSON.parse(JSON.stringify(first))).toStrictEqual(first);
        expect(query.lines(asked).length).toBeGreaterThan(0);
      }
    },
  );

  test.each(queries.map((query) => [query.name, query] as const))(
    '%s: what people wrote calls nobody, opens nothing and starts no command',
    (_, query) => {
      for (const asked of [huge(), askedOf(eventful(), { by })]) {
        const text = queryReply(query, asked);
        expect(mentionsIn(text)).toEqual([]);
        expect(readComment(text)).toEqual([]);
        expect(text).not.toMatch(/^\//m);
        expect(nodesOf(text).some(({ type }) => type === 'html')).toBe(false);
      }
    },
  );

  test.each(queries.filter((query) => query.ofStage).map((query) => [query.name, query] as const))(
    '%s: asked of one stage, it says nothing about another',
    (_, query) => {
      const answer = JSON.stringify(query.answer(askedOf(eventful(), { stage: 'define' })));
      expect(answer).not.toMatch(/"stage":"(?:build|tell)"/);
    },
  );
});

describe('a comment', () => {
  test('an answer that would fill pages is cut between two lines, and says where all of it is', () => {
    for (const query of queries) expect(queryReply(query, huge()).length).toBeLessThan(21_000);
    const text = queryReply(theQuery('history'), { ...huge(), stage: 'x' });
    expect(text).toMatch(
      /\n\n… and \d+ more lines: all of it is at `\/api\/v1\/epics\/100\/queries\/getHistory\?stage=x` on/,
    );
    const stands = text.split('\n').filter((line) => line.startsWith('- '));
    expect(new Set(stands).size).toBe(1);
  });
  test('/query lists them all', () => {
    const text = queriesReply(queries);
    for (const { name } of queries) expect(text).toContain(`\`${name}\``);
    expect(readComment(text)).toEqual([]);
  });
});
