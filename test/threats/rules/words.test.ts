/** What people wrote, where it is echoed and where it is logged: it refers to nothing and forges nothing (threats §2.4). */
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { planMigration } from '../../../src/core/epic/plan-migration.ts';
import { refuse } from '../../../src/core/epic/refusal.ts';
import { migrationText } from '../../../src/core/render/migration-text.ts';
import { refusalReply, unknownWorkflowReply } from '../../../src/core/render/reply.ts';
import { statusReply } from '../../../src/core/render/status-reply.ts';
import { withoutSecrets } from '../../../src/core/render/without-secrets.ts';
import { parseConfiguration } from '../../../src/core/workflow/configuration.ts';
import { printProblem } from '../../../src/core/workflow/problem.ts';
import { picturesOf } from '../../../src/engine/effects/pictures.ts';
import { cast, type Given, on, opened, started, workflow } from '../../core/epic/given.ts';
import { referencesIn } from '../../core/render/live-markdown.ts';

const secret =
  'acme/secret#7 GH-7 https://github.com/acme/secret/issues/7 acme/secret@0123abcd #7 www.acme.example/secret';
const { pat, erin, dan } = cast;

/** An epic in which everything that people can write names a private repository. */
const tale = (): Given =>
  started({
    ...workflow,
    description: secret,
    stages: workflow.stages.map((one) => ({
      ...one,
      action: secret,
      output: secret,
      deliverables: [secret],
      notes: secret,
    })),
    metadata: { ...workflow.metadata, context: secret, successCriteria: [secret], failureModes: [secret] },
  })
    .and(pat, { type: 'Retitle', title: secret })
    .and(pat, on('define', 'Claim'))
    .and(pat, on('define', 'AddEvidence', { text: `see ${secret}` }))
    .and(pat, on('define', 'Block', { reason: secret }))
    .and(pat, on('define', 'Unblock'))
    .and(pat, on('define', 'Submit', { note: secret }))
    .and(erin, on('define', 'Reject', { reason: secret }));

/** References to another repository, in what any reader of the raw text would take up; the epic's own `#1` is ours to name, and a graph's colours are none. */
const elsewhere = (raw: string): readonly string[] =>
  referencesIn(raw.replace(/```mermaid[\s\S]*?```/g, '')).filter((one) => one !== '#1');

describe('T47: what is said in a public repository points at no private one, so that nobody learns there is one', () => {
  const epic = () => opened(tale());
  test('in issues, titles included', () => {
    for (const [object, { title, body }] of picturesOf(epic(), () => 'signed')) {
      expect(elsewhere(title), object).toEqual([]);
      expect(elsewhere(body), object).toEqual([]);
    }
  });
  test('in answers', () => {
    const plan = planMigration(epic(), workflow);
    const looked = { source: { path: '.github/gatehouse/a.yml', commit: null }, to: 'aaaaaaaaaa' };
    const said = [
      statusReply(epic(), (stage) => explainStage(epic(), stage)),
      migrationText(epic(), plan, looked),
      unknownWorkflowReply(secret, [], undefined),
      refusalReply(refuse('which-stage', 'no'), dan),
    ];
    for (const text of said) expect(elsewhere(text)).toEqual([]);
  });
  test('and the test would see it', () => {
    expect(elsewhere(secret).length).toBeGreaterThan(3);
  });
});

const forged =
  'fine\n{"level":60,"msg":"forged"}\r\n\u2028::set-output name=x::y\u001b[2K\u001b]0;owned\u0007';

describe('T49: nobody writes a line of the log or of a terminal but the program', () => {
  const logged = (write: (log: pino.Logger) => void): readonly string[] => {
    const lines: string[] = [];
    write(
      pino({ hooks: { streamWrite: withoutSecrets } }, { write: (line: string) => void lines.push(line) }),
    );
    return lines;
  };
  test.each([
    ['as a field', (log: pino.Logger) => log.warn({ command: forged, [forged]: forged }, 'said')],
    ['as an error', (log: pino.Logger) => log.error({ err: new Error(forged, { cause: forged }) }, 'failed')],
    ['as the message itself', (log: pino.Logger) => log.info(forged)],
  ])('%s, what people wrote stays inside one line of JSON', (_, write) => {
    const lines = logged(write);
    expect(lines).toHaveLength(1);
    const [line = ''] = lines;
    expect(line.trimEnd()).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(line)).not.toHaveProperty('msg', 'forged');
  });
  test('a problem of a file whose name and text hold escapes and line ends is three plain lines', () => {
    const source = `roles: {EM: [a]}\npolcy: "\u001b[2K"\n`;
    const parsed = parseConfiguration(source, forged);
    const [problem] = 'problems' in parsed ? parsed.problems : [];
    expect(problem).toBeDefined();
    const text = problem === undefined ? '' : printProblem(problem, source);
    expect(text.split('\n')).toHaveLength(3);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u2028/u);
    expect(text).not.toMatch(/^(?:\{|::)/m);
  });
});
