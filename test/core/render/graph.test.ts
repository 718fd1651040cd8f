/** The picture of the stages: it must render, and tell states apart without colour (platform §1.4). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graph } from '../../../src/core/render/graph.ts';
import { hugeEpic, sampleEpic } from './sample-epic.ts';

test('the flowchart as it is sent to GitHub', () => {
  expect(graph(sampleEpic())).toMatchInlineSnapshot(`
    "flowchart LR
      s0["1_define ✓ done"]:::done
      s1["2_design ◉ in-review"]:::inreview
      s2["3_launch ○ waiting"]:::waiting
      s0 --> s1
      s1 --> s2
      classDef done fill:#aceebb,stroke:#1a7f37,color:#1f2328
      classDef inreview fill:#ecd8ff,stroke:#8250df,color:#1f2328
      classDef waiting fill:#eaeef2,stroke:#6e7781,color:#1f2328"
  `);
});

test('more than fifty stages are left to the list', () => {
  expect(graph(hugeEpic())).toBeUndefined();
});

test('no name of a stage breaks the picture or adds to it', () => {
  const line =
    /^(?:flowchart LR| {2}s\d\["[^"\n#;%&<>`{}[\]\\$@|~^=]*"\]:::[a-z]+| {2}s\d --> s\d| {2}classDef [a-z]+ [\w:#,\- ]+)$/;
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '"',
          ']',
          's0 --> s1',
          '\n',
          '%%{init: {}}%%',
          'click s0 "x"',
          '#quot;',
          '`',
          '<br/>',
          'end',
          ';',
        ),
        { maxLength: 8 },
      )
      .map((list) => list.join('')),
  );
  fc.assert(
    fc.property(nasty, nasty, (one, other) => {
      const epic = sampleEpic();
      const stages = epic.stages.map((stage, index) => {
        const key = [one, other][index] ?? stage.definition.key;
        return { ...stage, definition: { ...stage.definition, key, dependsOn: index === 1 ? [one] : [] } };
      });
      const drawn = (graph({ ...epic, stages }) ?? '').split('\n');
      for (const drawnLine of drawn) expect(drawnLine).toMatch(line);
      expect(drawn.filter((text) => text.includes('["'))).toHaveLength(3);
    }),
    { numRuns: 500 },
  );
});
