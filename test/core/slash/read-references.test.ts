/** Which stage a pull request names, and what only looks like naming one (contract §5, threats T42). */
import { expect, test } from 'vitest';
import { readReferences } from '../../../src/core/slash/read-references.ts';

const read = (body: string, branch = 'main'): readonly string[] =>
  readReferences(body, branch).map(({ via, number }) => `${via} ${number}`);

test.each([
  ['Stage: #12', ['body 12']],
  ['stage: #12\r\nmore', ['body 12']],
  ['**Stage:** #12', ['body 12']],
  ['Closes #3', ['body 3']],
  ['This fixes #3 and resolves #4.', ['body 3', 'body 4']],
  ['Part of #5', ['body 5']],
  ['Fixes: #6', ['body 6']],
  ['Closes #3\n\nStage: #12', ['body 12', 'body 3']],
])('%j names its stage, the explicit line first', (body, expected) => {
  expect(read(body)).toEqual(expected);
});

test.each([
  [''],
  ['#12'],
  ['see #12'],
  ['<!-- Stage: #12 -->'],
  ['<!--\nCloses #12'],
  ['```\nStage: #12\n```'],
  ['`Closes #12`'],
  ['encloses #12'],
  ['Closes acme/shop#12'],
  ['Closes https://github.com/acme/shop/issues/12'],
  ['Stage: twelve'],
])('%j names none', (body) => {
  expect(read(body)).toEqual([]);
});

test('a branch names a stage by its number, and only at its beginning', () => {
  expect(read('', 'stage/12-design')).toEqual(['branch 12']);
  expect(read('', 'stage/12')).toEqual(['branch 12']);
  expect(read('', 'feature/stage/12-design')).toEqual([]);
  expect(read('', 'stage/12design')).toEqual([]);
  expect(read('Closes #3', 'stage/12-design')).toEqual(['body 3', 'branch 12']);
});
