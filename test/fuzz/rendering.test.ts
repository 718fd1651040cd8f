/** Whatever people are called and whatever they write, our own words stay ours (threats T44–T47, T89). */
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/core/epic/person.ts';
import { judgePull } from '../../src/core/epic/pull-request.ts';
import type { OpenedEpic } from '../../src/core/epic/state.ts';
import { checkRun } from '../../src/core/render/check-run.ts';
import { checklistIssue } from '../../src/core/render/checklist.ts';
import { readMarker } from '../../src/core/render/marker.ts';
import {
  brokenConfigurationReply,
  strangerStartReply,
  unknownCommandReply,
  unknownWorkflowReply,
} from '../../src/core/render/reply.ts';
import { stageIssue } from '../../src/core/render/stage-issue.ts';
import { statusReply } from '../../src/core/render/status-reply.ts';
import { readComment } from '../../src/core/slash/read-comment.ts';
import { readReferences } from '../../src/core/slash/read-references.ts';
import { nodesOf } from '../core/render/live-markdown.ts';
import { explainIn, pull, sampleEpic, sign } from '../core/render/sample-epic.ts';
import { patience, runs } from './effort.ts';

const pieces = [
  ...[
    '@octo-evil',
    '@acme/all',
    '@here',
    'closes #666',
    'Fixes: #666',
    'resolves acme/shop#666',
    'GH-666',
    'Stage: #666',
    'Part of #666',
  ],
  ...[
    'https://github.com/acme/shop/issues/666',
    'www.evil.example',
    'a@evil.example',
    '/approve',
    '/ok-to-test',
    '@dependabot merge',
    'skip-checks: true',
  ],
  ...[
    '<!-- gatehouse v1 repository=42 epic=9001 round=1 object=checklist sig=01o4zrp8 -->',
    '<!-- ',
    ' -->',
    '<details>',
    '</details>',
    '<img src=x onerror=alert(1)>',
    '<script>',
    '</summary>',
  ],
  ...[
    '|',
    ' | a | b |\n|---|---|\n',
    '\n- [x] ',
    '\n# ',
    '\n> ',
    '\n> [!CAUTION]\n> **OVERRIDDEN** by `octo-em`',
    '```',
    '~~~',
    '`',
    '``',
    '\n\n    ',
    '\n---\n',
    '===',
    '**',
    '__',
    '~~',
  ],
  ...[
    '](https://evil.example)',
    '[x',
    '![',
    '[^1]: ',
    '[ref]: https://evil.example',
    '\\',
    '&#64;octo-evil',
    '&lt;',
    '\u202E',
    '\u200B',
    '\u2066',
    '\0',
    '\ud800',
    '\u2028',
    '\r\n',
    '\t',
    '🎉',
    '$$',
    ':tada:',
    '{{',
    '%%',
  ],
];
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 })
      .map((list) => list.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 })
      .map((list) => list.join(' ')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 120 }) },
);

/** An epic in which everything that people choose is hostile; what GitHub or our own rules limit, stays within them. */
const hostile = fc
  .record({
    words: fc.array(text, { minLength: 12, maxLength: 12 }),
    login: fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?(?:\[bot\])?$/),
  })
  .map(({ words, login }) => {
    let next = 0;
    const word = (): string => {
      next += 1;
      // Never empty: files with empty lines are refused before anything is written.
      return `${words[next % words.length] ?? ''} end`;
    };
    const evil: Person = { id: 666, login };
    const said = () => ({ by: evil, text: word(), at: '2026-11-21T14:05:00.000Z' });
    const base = sampleEpic();
    const epic: OpenedEpic = {
      ...base,
      title: word(),
      author: evil,
      definition: {
        ...base.definition,
        description: word(),
        metadata: {
          ...base.definition.metadata,
          context: word(),
          typicalDuration: word(),
          participants: [word()],
          successCriteria: [word(), word()],
          priorityLevels: [{ level: word(), policy: word() }],
          criticalPath: [word()],
          failureModes: [word()],
          extra: [{ name: word(), value: { [word()]: word(), list: [word()] } }],
        },
      },
      stages: base.stages.map((stage, at) => ({
        ...stage,
        definition: {
          ...stage.definition,
          action: word(),
          output: word(),
          deliverables: [word(), word()],
          notes: `${word()}\n${word()}`,
          ...(stage.definition.gate === undefined
            ? {}
            : { gate: { ...stage.definition.gate, name: word() } }),
        },
        note: word(),
        evidence: [said(), said()],
        blockers: at === 1 ? [{ ...said(), id: 'b1' }] : [],
        ...(at === 1 ? { rejection: said() } : {}),
        ...(at === 2 ? { skip: said(), status: 'skipped' as const } : {}),
        ...(stage.claimant === undefined ? {} : { claimant: evil }),
      })),
      pulls: [{ ...pull, author: evil }],
    };
    return epic;
  });

/** Only these are called, and only by our own sentence on whose turn it is. */
const ours = /^@(?:octo-[a-z]+|acme\/managers)$/;

/** Without what is shown as code: nothing comes to life there. */
const outsideCode = (markdown: string): string =>
  markdown.replace(/^(`{3,}|~{3,}).*\n[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');

const inspect = (markdown: string, login: string): readonly Nodes[] => {
  const nodes = nodesOf(markdown);
  const seen = nodes.map((node) => (node.type === 'text' ? node.value : ' ')).join('');
  const called = [...seen.matchAll(/@[a-z\d][\w.-]*(?:\/[\w.-]+)?/gi)].map(([found]) => found);
  const strangers = called.filter((one) => one !== `@${login.replace('[bot]', '')}` && !ours.test(one));
  expect(strangers, markdown).toEqual([]);
  expect(called, markdown).not.toContain('@octo-evil');
  expect(outsideCode(markdown)).not.toMatch(/#666|GH-666|https?:\/\/github\.com\/acme\/shop\/issues\/666/i);
  expect(readComment(markdown)).toEqual([]);
  const html = nodes.flatMap((node) => (node.type === 'html' ? [node.value] : []));
  const known = /^(?:<!-- gatehouse v1 |<\/?details>|<details><summary>|<\/summary>)/;
  expect(html.filter((tag) => !known.test(tag))).toEqual([]);
  // One marker at most that is not shown as text.
  expect(html.filter((tag) => tag.startsWith('<!-- gatehouse')).length).toBeLessThanOrEqual(1);
  const never = /^(?:image|imageReference|definition|footnoteDefinition)$/;
  expect(nodes.filter(({ type }) => never.test(type))).toEqual([]);
  expect(readReferences(markdown, '').map(({ number }) => number)).not.toContain(666);
  return nodes;
};

/** How many boxes there are to tick, and how much of what we never write ourselves in an issue. */
const boxesIn = (nodes: readonly Nodes[]): number =>
  nodes.filter((node) => node.type === 'listItem' && typeof node.checked === 'boolean').length;
const neverIn = (nodes: readonly Nodes[]): readonly string[] =>
  nodes.flatMap(({ type }) => (['table', 'thematicBreak', 'code'].includes(type) ? [type] : []));

describe('an epic made of hostile words', () => {
  test('T44, T45, T46: calls nobody, closes nothing, forges nothing, breaks nothing, in every text we write', {
    timeout: patience(60_000),
  }, () => {
    fc.assert(
      fc.property(hostile, (epic) => {
        const { login } = epic.author;
        const list = checklistIssue(epic, explainIn(epic), sign);
        expect(boxesIn(inspect(list.body, login))).toBe(epic.stages.length + 2);
        expect(readMarker(list.body, sign)?.object).toBe('checklist');
        for (const stage of epic.stages) {
          const picture = stageIssue(epic, stage, explainIn(epic), sign);
          const nodes = inspect(picture.body, login);
          expect([boxesIn(nodes), neverIn(nodes)]).toEqual([2, []]);
          expect(readMarker(picture.body, sign)?.object).toBe(`stage:${stage.definition.key}`);
          expect(picture.title).not.toMatch(/@[a-z]|#\d|[\n\r]/i);
        }
        inspect(
          statusReply(epic, (stage) => explainIn(epic)(stage.definition.key)),
          login,
        );
        for (const one of epic.pulls) {
          const verdict = judgePull(epic, one);
          const picture = checkRun({ kind: 'stage', epic, pull: one, verdict });
          inspect(picture.summary, login);
          inspect(picture.text, login);
          expect(picture.title).not.toMatch(/@[a-z]|#\d|[\n\r]/i);
        }
      }),
      runs(40),
    );
  });

  test('T44, T46: replies to what somebody typed are inert as well', { timeout: patience(30_000) }, () => {
    fc.assert(
      fc.property(text, (word) => {
        const by: Person = { id: 1, login: 'octo-x' };
        const problem = { code: 'syntax' as const, message: word, file: word, line: 1, column: 1 };
        inspect(unknownWorkflowReply(word, ['feature'], undefined), 'octo-x');
        inspect(strangerStartReply(by, word), 'octo-x');
        inspect(unknownCommandReply(word, 'claim'), 'octo-x');
        inspect(
          brokenConfigurationReply([{ path: '.github/gatehouse.yml', source: word, problems: [problem] }]),
          'octo-x',
        );
      }),
      runs(150),
    );
  });
});
