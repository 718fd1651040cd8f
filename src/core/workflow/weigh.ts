/** Whether a text is light enough to be parsed at all; found out without parsing it. */
import { CST, Lexer } from 'yaml';
import type { Slip } from './yaml-tree.ts';

/** contract §6: a file over 256 KiB is refused. */
const mostBytes = 256 * 1024;
/** Parsing costs by the token, most of all where they are wrong; a large workflow has a few thousand (threats T54). */
const mostTokens = 10_000;
const deepest = 32;

const opening = new Set(['flow-map-start', 'flow-seq-start']);
const closing = new Set(['flow-map-end', 'flow-seq-end']);
const nesting = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind', 'anchor', 'tag']);
/** Marks of the lexer that stand for nothing in the text. */
const marks = new Set(['doc-mode', 'flow-error-end', 'scalar']);

/** What is too much about the text, or undefined. Takes milliseconds for any text. */
export function weigh(source: string): Slip | undefined {
  const tooLarge = (message: string, start: number): Slip => ({
    code: 'too-large',
    message,
    hint: 'split it, or shorten its texts',
    start,
    end: start,
  });
  if (source.length > mostBytes || new TextEncoder().encode(source).length > mostBytes) {
    return tooLarge('the file is larger than 256 KiB', 0);
  }
  let [offset, count, flow, inLine] = [0, 0, 0, 0];
  for (const token of new Lexer().lex(source)) {
    const type = CST.tokenType(token) ?? '';
    if (marks.has(type)) continue;
    if (opening.has(type)) flow += 1;
    if (closing.has(type)) flow = Math.max(0, flow - 1);
    if (type === 'newline') inLine = 0;
    if (nesting.has(type) && flow === 0) inLine += 1;
    if (type !== 'space') count += 1;
    if (count > mostTokens) return tooLarge(`the file has more than ${mostTokens} parts`, offset);
    if (flow > deepest || inLine > deepest) return tooDeep(offset);
    offset += token.length;
  }
  return undefined;
}

const tooDeep = (start: number): Slip => ({
  code: 'too-deep',
  message: `this is nested more than ${deepest} levels deep`,
  hint: 'a workflow file needs about five',
  start,
  end: start + 1,
});
