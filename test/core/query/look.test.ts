import { test } from 'vitest';
import { queries } from '../../../src/core/query/index.ts';
import { cast, on, opened, submitted } from '../epic/given.ts';

test('look', () => {
  const g = submitted()
    .and(cast.erin, on('build', 'Approve'))
    .and(cast.dan, on('build', 'AddEvidence', { text: 'https://x.example/a' }))
    .and(cast.dan, on('build', 'Block', { reason: 'no db' }));
  const asked = {
    id: '100',
    epic: opened(g),
    history: g.events,
    at: '2026-01-02T00:00:00.000Z',
    known: [],
    by: { login: 'vera', id: 4, roles: ['VP'] },
  };
  for (const q of queries)
    console.log(`## ${q.name} /${q.word}\n${q.lines(asked).join('\n')}\n${JSON.stringify(q.answer(asked))}`);
  console.log(
    JSON.stringify(queries.find((q) => q.word === 'next')?.lines({ ...asked, stage: 'tell' }), null, 1),
  );
});
