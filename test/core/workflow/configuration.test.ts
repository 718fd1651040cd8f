/** gatehouse.yml where golden files cannot say it: the defaults, and the contract's own example. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyConfiguration, parseConfiguration } from '../../../src/core/workflow/configuration.ts';
import { fileKind } from '../../../src/core/workflow/file-kind.ts';
import { parseWorkflow } from '../../../src/core/workflow/parse.ts';
import { printProblem } from '../../../src/core/workflow/problem.ts';

test('a repository without a file, and one with an empty file, have the defaults of contract §2', () => {
  expect(parseConfiguration('', 'gatehouse.yml')).toEqual({ configuration: emptyConfiguration });
  expect(emptyConfiguration.policy).toEqual({
    selfApproval: false,
    distinctApprovers: true,
    staleOnPush: true,
    overrideRoles: [],
    unlinkedPullRequests: 'pass',
    closeEpic: true,
    deadlines: true,
  });
});

test.each([
  ['octo-em', { kind: 'user', login: 'octo-em' }],
  ['@octo-em', { kind: 'user', login: 'octo-em' }],
  ['octo_acme', { kind: 'user', login: 'octo_acme' }],
  ['renovate[bot]', { kind: 'user', login: 'renovate[bot]' }],
  ['@acme/site.managers', { kind: 'team', org: 'acme', slug: 'site.managers' }],
])('%s in a role is found again on GitHub', (written, member) => {
  const source = `roles: {LEAD: [${JSON.stringify(written)}]}`;
  expect(parseConfiguration(source, 'x.yml')).toMatchObject({
    configuration: { roles: [{ role: 'LEAD', members: [member] }] },
  });
});

test.each([
  'acme/managers',
  '@',
  '@acme/',
  '-octo',
  'two words',
  'a'.repeat(40),
  '@acme/a/b',
  'octo@example.org',
  '',
])('%j in a role is refused: it can be nobody on GitHub', (written) => {
  const result = parseConfiguration(`roles: {LEAD: [${JSON.stringify(written)}]}`, 'x.yml');
  expect('problems' in result && result.problems.map(({ code }) => code)).toEqual(['bad-value']);
});

test('a file is known by its name, or by holding nothing but roles and policy', () => {
  expect(fileKind('name: a', '.github/gatehouse.yml')).toBe('configuration');
  expect(fileKind('name: a', 'C:\\x\\gatehouse.yaml')).toBe('configuration');
  expect(fileKind('roles: {}', 'team.yml')).toBe('configuration');
  expect(fileKind('roles: {}\nstages: []', 'team.yml')).toBe('workflow');
  expect(fileKind('{broken', 'my-gatehouse.yml')).toBe('workflow');
  expect(fileKind('', 'empty.yml')).toBe('workflow');
});

test('the smallest workflow of the language reference is read, and its picture of a mistake is the real one', () => {
  const readme = readFileSync(new URL('../../../workflows/README.md', import.meta.url), 'utf8');
  const examples = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, source = '']) => source);
  expect(examples).toHaveLength(2);
  for (const source of examples) expect(parseWorkflow(source, 'docs.yml')).toHaveProperty('definition');
  const wrong = (examples[0] ?? '').replace('depends_on: [write]', 'depends_on: [wirte]');
  const result = parseWorkflow(wrong, 'docs.yml');
  const picture =
    'problems' in result ? result.problems.map((problem) => printProblem(problem, wrong)).join('\n') : '';
  expect(readme).toContain(`\`\`\`\n${picture}\n\`\`\``);
});

test.each([
  ['{ people: 2 }', { people: 2 }],
  ['{ review_within: 7d }', { people: 1, reviewWithin: 604_800_000 }],
  ['{ people: 2, review_within: 7d }', { people: 2, reviewWithin: 604_800_000 }],
  ['{}', { people: 2 }],
])('break_glass: %s is taken at its word', (written, breakGlass) => {
  const result = parseConfiguration(`policy: { break_glass: ${written} }`, 'x.yml');
  expect(result).toMatchObject({ configuration: { policy: { breakGlass } } });
});

test.each([
  ['people: 3', /1 or 2/],
  ['review_within: soon', /6w/],
  ['reveiw_within: 7d', /review_within/],
])('break_glass with %s is a problem with its place, not a rule nobody knows of', (written, says) => {
  const source = `policy:\n  break_glass:\n    ${written}\n`;
  const result = parseConfiguration(source, 'x.yml');
  const [problem] = 'problems' in result ? result.problems : [];
  expect(problem && printProblem(problem, source)).toMatch(says);
  expect(problem).toMatchObject({ line: 3 });
});

test('without break_glass nothing stands in the way of an overrider, as before', () => {
  expect(emptyConfiguration.policy).not.toHaveProperty('breakGlass');
});
