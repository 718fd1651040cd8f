/** What people can type and JSON can say, but text columns and GitHub's own pages choke on, is read as something harmless (threats T07). */
import { expect, test } from 'vitest';
import { readPayload } from '../../src/engine/read-payload.ts';

const read = (text: string): unknown => readPayload(Buffer.from(text));

test.each([
  ['a NUL', String.raw`{"body":"/approve\u0000 all"}`, { body: '/approve\uFFFD all' }],
  ['half a character', String.raw`{"body":"\ud83d!"}`, { body: '\uFFFD!' }],
  ['both, deep inside', String.raw`{"a":[{"b":"\udc00\u0000"}]}`, { a: [{ b: '\uFFFD\uFFFD' }] }],
  ['a whole character in two halves', String.raw`{"body":"\ud83d\ude80"}`, { body: '🚀' }],
  ['what only looks like one', String.raw`{"body":"\\u0000"}`, { body: String.raw`\u0000` }],
])('T07: %s', (_, text, payload) => {
  expect(read(text)).toEqual(payload);
});

test('a body that is no JSON is none, and no exception', () => {
  expect(read('{"a":')).toBeUndefined();
});
