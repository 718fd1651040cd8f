/** What GitHub would bring to life in a piece of Markdown, found without any of Gatehouse's own code. */
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const parse = (markdown: string): Nodes =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const walk = (node: Nodes): readonly Nodes[] => [
  node,
  ...('children' in node ? (node.children as readonly Nodes[]).flatMap(walk) : []),
];

/** Every node of the parsed text. */
export const nodesOf = (markdown: string): readonly Nodes[] => walk(parse(markdown));

/** The text people see, code spans and code blocks left out. */
export const seenText = (markdown: string): string =>
  nodesOf(markdown)
    .map((node) => (node.type === 'text' ? node.value : ' '))
    .join('');

/** Mentions in what people see. */
export const mentionsIn = (markdown: string): readonly string[] =>
  [...seenText(markdown).matchAll(/@[a-z\d][a-z\d-]*(?:\/[a-z\d][\w.-]*)?/gi)].map(([found]) => found);

/** References to issues, commits and addresses of issues, in raw text: what any program that reads it might take up. */
export const referencesIn = (raw: string): readonly string[] => [
  ...[...raw.matchAll(/[\w./-]*#\d+/g)].map(([found]) => found),
  ...[...raw.matchAll(/\bgh-\d+/gi)].map(([found]) => found),
  ...[...raw.matchAll(/(?:https?:\/\/|www\.)\S+/gi)].map(([found]) => found),
];
