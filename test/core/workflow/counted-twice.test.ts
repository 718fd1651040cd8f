/** Four eyes that are two: a quorum one approval fills twice over is refused with its place (threats T33). */
import { expect, test } from 'vitest';
import { parseWorkflow } from '../../../src/core/workflow/parse.ts';

const wrong = (required: string): readonly string[] => {
  const file = `name: x
stages:
  - stage: a
    role: E
    action: a
    approval_gate: go
    approvers: [EM, QA, VP]
    approval: {require: ${required}}
`;
  const parsed = parseWorkflow(file, 'x.yml');
  return 'problems' in parsed ? parsed.problems.map(({ line, message }) => `${line} ${message}`) : [];
};

test.each([
  ['{n: 2, of: [EM, EM]}', 'EM'],
  ['{n: 2, of: [EM, {any: [EM, QA]}, VP]}', 'EM'],
  ['{n: 2, of: [{all: [QA]}, {n: 1, of: [QA, VP]}]}', 'QA'],
  ['{n: 2, of: ["@octo-em", "@Octo-EM"]}', '@octo-em'],
  ['{all: [EM, QA, EM]}', 'EM'],
  ['{any: [VP, {all: [EM, EM]}]}', 'EM'],
])('T33: `require: %s` would take one approval of %s for two', (required, name) => {
  expect(wrong(required)).toEqual([`8 \`require\` counts \`${name}\` twice`]);
});

test.each([
  '2',
  '{n: 2, of: [EM, QA, VP]}',
  '{n: 1, of: [EM, {any: [EM, QA]}]}',
  '{n: 2, of: [{all: [EM, QA]}, {all: [EM, VP]}]}',
  '{all: [{any: [EM, QA]}, {any: [EM, VP]}]}',
  '{any: [EM, {all: [EM, QA]}]}',
])('a requirement that says what it means stays allowed: %s', (required) => {
  expect(wrong(required)).toEqual([]);
});
