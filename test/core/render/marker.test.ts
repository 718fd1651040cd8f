/** The hidden line by which our issues are found again, and that nobody can forge (contract §2, threats T46). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Marker, readMarker, writeMarker } from '../../../src/core/render/marker.ts';
import { nodesOf } from './live-markdown.ts';
import { sign } from './sample-epic.ts';

const markers: fc.Arbitrary<Marker> = fc.record({
  repository: fc.nat(),
  epic: fc.stringMatching(/^\d{0,12}$/),
  round: fc.nat(1_000),
  object: fc.oneof(
    fc.constantFrom('checklist', 'stage:1_define', 'stage:a--b', 'reply:delivery/1-2', 'stage:-->'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed()),
  ),
});
const fields: Marker = { repository: 42, epic: '9001', round: 1, object: 'stage:2_design' };

describe('a marker', () => {
  test('reads back as it was written, at the top of any body, with either line ending', () => {
    fc.assert(
      fc.property(markers, fc.string(), fc.constantFrom('', '\n', '\r\n'), (marker, rest, ending) => {
        const line = writeMarker(marker, sign);
        expect(readMarker(line + ending + (ending === '' ? '' : rest), sign)).toEqual(marker);
        expect(nodesOf(`${line}\n\nx`).map(({ type }) => type)).toEqual([
          'root',
          'html',
          'paragraph',
          'text',
        ]);
        expect(line.slice(4, -3)).not.toContain('--');
      }),
    );
  });

  test('with one field changed, the object is not ours', () => {
    fc.assert(
      fc.property(markers, markers, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const signature = / sig=\S+/;
        const forged = writeMarker(other, sign).replace(
          signature,
          signature.exec(writeMarker(one, sign))?.[0] ?? '',
        );
        expect(readMarker(forged, sign)).toBeUndefined();
      }),
    );
  });

  test('signed with another secret, it is not ours', () => {
    expect(
      readMarker(
        writeMarker(fields, (text) => sign(`x${text}`)),
        sign,
      ),
    ).toBeUndefined();
  });

  test.each([
    ['quoted', (line: string) => `> ${line}`],
    ['further down', (line: string) => `text\n${line}`],
    ['indented', (line: string) => ` ${line}`],
    ['with words behind it', (line: string) => `${line} text`],
    ['with a number written otherwise', (line: string) => line.replace('round=1', 'round=01')],
    ['with a field more', (line: string) => line.replace('round=1', 'round=1 round=2')],
    ['with a broken escape', (line: string) => line.replace('stage%3A', 'stage%3')],
  ])('%s, it is not taken for ours', (_how, change) => {
    expect(readMarker(change(writeMarker(fields, sign)), sign)).toBeUndefined();
  });
});
