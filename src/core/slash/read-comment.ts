/** Reads the slash commands out of a comment: Markdown is parsed, so that only plain text people meant to say can command. */
import type { Nodes, Paragraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { contrived } from './contrived.ts';
import { type HtmlState, outsideHtml, reading } from './hiding-html.ts';
import type { Typed } from './slash-command.ts';

const startsWithSlash = /^\/[A-Za-z]/m;
/**
 * A full stop or a space that is none behind the name, as telephones put there, belongs to the name: no command is called
 * so, and whoever meant one is asked (threats T41).
 */
const command =
  /(?<=^|[\r\n])\/([A-Za-z][A-Za-z0-9_-]{0,38}(?:[.,:;!?…]{1,3}|[\u00A0\u202F\u3000])?)(?:(?:[ \t]+|(?<=[\u00A0\u202F\u3000]))([^\r\n]*))?(?=[\r\n]|$)/g;
const mailQuote = /(?<=^|[\r\n])-{2,} ?Original Message ?-{2,}/i;
const mostCommands = 20;

/** Markdown extensions without their transforms: those move text around and lose its place in the source. */
const readers = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

interface Span {
  readonly start: number;
  readonly end: number;
}

const spanOf = (node: Nodes): Span => ({
  start: node.position?.start.offset ?? 0,
  end: node.position?.end.offset ?? 0,
});

/** Where a paragraph's own plain text stands, leaving out what is inside inline HTML. */
const textOf = (paragraph: Paragraph, before: HtmlState): { spans: readonly Span[]; after: HtmlState } => {
  const spans: Span[] = [];
  let html = before;
  for (const child of paragraph.children) {
    if (child.type === 'html') html = reading(html, child.value);
    else if (child.type === 'text' && html.open.length === 0 && !html.swallowed) spans.push(spanOf(child));
  }
  return { spans, after: html };
};

/** HTML inside a quote or list ends with it, except an unfinished comment or tag, which swallows what follows. */
const afterNested = (node: Nodes, before: HtmlState): HtmlState => {
  if (node.type === 'html') return reading(before, node.value);
  if (!('children' in node)) return before;
  const children: readonly Nodes[] = node.children;
  const inside = children.reduce((html, child) => afterNested(child, html), before);
  return { open: before.open, swallowed: inside.swallowed };
};

const plainText = (body: string): readonly Span[] => {
  const root = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: readers });
  const spans: Span[] = [];
  let html = outsideHtml;
  for (const node of root.children) {
    if (node.type !== 'paragraph') {
      html = afterNested(node, html);
      continue;
    }
    const text = textOf(node, html);
    spans.push(...text.spans);
    html = text.after;
  }
  return spans;
};

const typed = (name: string, argument: string): Typed => {
  if (name !== 'gatehouse') return { name, argument };
  const [, inner = 'help', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(argument) ?? [];
  return { name: inner, argument: rest };
};

const readUnguarded = (body: string): readonly Typed[] => {
  // A leading byte order mark would shift every offset the parser reports.
  const source = body.replace(/^\uFEFF/, '\u200B');
  const own = source.slice(0, mailQuote.exec(source)?.index);
  if (!startsWithSlash.test(own) || contrived(own)) return [];
  const spans = plainText(own);
  return [...own.matchAll(command)]
    .filter(({ index }) => spans.some((span) => span.start <= index && index < span.end))
    .slice(0, mostCommands)
    .map(([, name = '', argument = '']) => typed(name, argument.trim()));
};

/**
 * The slash commands of a comment, in order, each with the rest of its line as it was written (contract §4, threats T39, T41).
 * Only lines of root-level paragraphs count: not quotes, code, lists, tables, headings, link text, HTML elements or comments.
 * Unknown names are returned too, since other bots have commands; `/gatehouse claim` is returned as `claim`.
 * At most 20 of them; whatever cannot be parsed holds no command. Never throws.
 */
export const readComment = (body: string): readonly Typed[] => {
  if (!startsWithSlash.test(body)) return [];
  try {
    return readUnguarded(body);
  } catch {
    return [];
  }
};
