/** Whether what follows a piece of HTML can still be read by people: inside an element or a comment nothing commands (threats T39). */
import { describe, expect, test } from 'vitest';
import { type HtmlState, outsideHtml, reading } from '../../../src/core/slash/hiding-html.ts';

const behind = (...pieces: readonly string[]): HtmlState => pieces.reduce(reading, outsideHtml);
const open = (...names: readonly string[]): HtmlState => ({ open: names, swallowed: false });

test.each([
  ...['a', 'blockquote', 'button', 'code', 'del', 'details', 'div', 'em', 'h1', 'h6', 'kbd', 'pre', 'script'],
  ...['select', 'sub', 'summary', 'table', 'td', 'template', 'textarea', 'title', 'ul', 'video', 'xmp'],
])('what stands in <%s> is in it until it is closed', (name) => {
  expect(behind(`<${name}>`)).toEqual(open(name));
  expect(behind(`<${name}>`, `</${name}>`)).toEqual(outsideHtml);
  expect(behind(`<${name.toUpperCase()} id="x">`)).toEqual(open(name));
});

test.each(['<br>', '<br/>', '<BR/>', '<img src="x">', '<hr>', '<input>', '<wbr>', '<unknown>', '<x-y1>', ''])(
  '%j opens nothing',
  (piece) => {
    expect(behind(piece)).toEqual(outsideHtml);
  },
);

test('an element is not closed by itself: browsers read <div/> as <div>', () => {
  expect(behind('<div/>')).toEqual(open('div'));
  expect(behind('<details />')).toEqual(open('details'));
});

test('closing an outer element closes what is in it, and closing none changes nothing', () => {
  expect(behind('<div><b><i>', '</b>')).toEqual(open('div'));
  expect(behind('<div><div>', '</div>')).toEqual(open('div'));
  expect(behind('<div>', '</p>')).toEqual(open('div'));
  expect(behind('</p>')).toEqual(outsideHtml);
  expect(behind('<div>', '</unknown>')).toEqual(open('div'));
  expect(behind('<DIV>', '</Div>')).toEqual(outsideHtml);
});

describe('attributes', () => {
  test.each([
    `<div title="a > b">`,
    `<div title='a > b'>`,
    `<div title="it's">`,
    `<div title='"'>`,
    `<div\nid=x\n>`,
    `<div a="" b=''>`,
  ])('%j is one tag', (tag) => {
    expect(behind(tag)).toEqual(open('div'));
    expect(behind(tag, '</div>')).toEqual(outsideHtml);
  });

  test.each([`<div title="a>`, `<div title='a>`, '<div', '<div <b>', `</div title="`])(
    '%j never ends, and swallows what follows',
    (tag) => {
      expect(behind(tag).swallowed).toBe(true);
    },
  );
});

describe('comments', () => {
  test.each([
    '<!-- a -->',
    '<!---->',
    '<!-->',
    '<!--->',
    '<!-- <div> -->',
    '<!-- a\nb -->',
    '<!-- a --><!-- b -->',
  ])('%j ends, and hides nothing after it', (comment) => {
    expect(behind(comment)).toEqual(outsideHtml);
  });

  test.each(['<!-- a', '<!-- a --', '<!--', '<!DOCTYPE', '<?php', '</', '<a', '<Z', '<!x>'])(
    '%j does not end, and swallows what follows, whatever it is',
    (piece) => {
      expect(behind(piece).swallowed).toBe(true);
      expect(behind(piece, '-->')).toEqual(behind(piece));
      expect(behind(piece, '</div>', '<b>')).toEqual(behind(piece));
    },
  );

  test.each(['a < b', '1 <2', '<3', '< div>', '<>', '<-- x', 'a > b'])('%j is no HTML at all', (text) => {
    expect(behind(text)).toEqual(outsideHtml);
  });
});

test('a hundred elements are followed, one more is not', () => {
  expect(behind('<b>'.repeat(100)).swallowed).toBe(false);
  expect(behind('<b>'.repeat(101)).swallowed).toBe(true);
  expect(behind('<b>'.repeat(101) + '</b>'.repeat(2)).swallowed).toBe(false);
});
