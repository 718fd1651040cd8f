/** YAML nodes as plain values that remember where they were written; what a file may not do is refused on the way. */
import { type Alias, isAlias, isMap, isScalar, isSeq, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Json } from './definition.ts';
import type { ProblemCode } from './problem.ts';
import { quote } from './quote.ts';

/** A value and where it stands; offsets count UTF-16 units from the start of the text. */
export interface Branch {
  readonly value: Json;
  readonly start: number;
  readonly end: number;
  /** A scalar as it was typed: `1.10`, where the value is 1.1. */
  readonly written: string;
  /** By key, or by list index as text. */
  readonly children: ReadonlyMap<string, Twig>;
}

/** A branch with the place of its key; list items have none. */
interface Twig {
  readonly branch: Branch;
  readonly key?: { readonly start: number; readonly end: number };
}

/** Something a YAML text may not do, by offsets. */
export interface Slip {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

interface Growth {
  readonly slips: Slip[];
  readonly anchors: Map<string, unknown>;
  readonly lineOf: (offset: number) => number;
  aliases: number;
}

/** threats T54: small enough that even aliases of the whole file stay a few megabytes. */
const mostAliases = 16;
const deepest = 32;
const plainTag = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;
const poison = new Set(['__proto__', 'constructor', 'prototype']);
const noChildren: ReadonlyMap<string, Twig> = new Map();

/** Grows the tree of a parsed document; slips are collected, and what slipped is left out of the values. */
export function growTree(
  node: unknown,
  lineOf: (offset: number) => number,
): { root: Branch; slips: readonly Slip[] } {
  const growth: Growth = { slips: [], anchors: new Map(), lineOf, aliases: 0 };
  return { root: grow(node, { growth, depth: 0, inAlias: false }), slips: growth.slips };
}

interface Here {
  readonly growth: Growth;
  readonly depth: number;
  readonly inAlias: boolean;
}

function grow(node: unknown, here: Here): Branch {
  if (isAlias(node)) return growAlias(node, here);
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return nothing(0, 0);
  const [start, end] = node.range ?? [0, 0];
  const slip = (code: ProblemCode, message: string, hint: string) =>
    here.growth.slips.push({ code, message, hint, start, end });
  if (node.tag !== undefined && !plainTag.test(node.tag)) {
    slip(
      'tag',
      `the tag ${quote(node.tag)} has no meaning here`,
      'leave it out; tags are not part of the language',
    );
    return nothing(start, end);
  }
  if (here.depth > deepest) {
    slip('too-deep', `this is nested more than ${deepest} levels deep`, 'a workflow file needs about five');
    return nothing(start, end);
  }
  if (node.anchor !== undefined) here.growth.anchors.set(node.anchor, node);
  if (isMap(node)) return growMap(node, here);
  return isSeq(node) ? growList(node, here) : growScalar(node);
}

const nothing = (start: number, end: number): Branch => ({
  value: null,
  start,
  end,
  written: '',
  children: noChildren,
});

function growScalar(node: Scalar): Branch {
  const [start, end] = node.range ?? [0, 0];
  const written = node.source ?? '';
  return { value: plain(node.value, written), start, end, written, children: noChildren };
}

/** JSON has no infinities: such a number is kept as it was typed. */
function plain(value: unknown, written: string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : written;
}

function growList(node: YAMLSeq, here: Here): Branch {
  const [start, end] = node.range ?? [0, 0];
  const items = node.items.map((item) => grow(item, { ...here, depth: here.depth + 1 }));
  const children = new Map(items.map((branch, index) => [String(index), { branch }]));
  return { value: items.map((item) => item.value), start, end, written: '', children };
}

function growMap(node: YAMLMap, here: Here): Branch {
  const [start, end] = node.range ?? [0, 0];
  const children = new Map<string, Twig>();
  for (const pair of node.items) {
    if (!isScalar(pair.key)) continue;
    const name = String(pair.key.value);
    const [from, to] = pair.key.range ?? [start, start];
    const refused = keySlip(name, children, here);
    if (refused !== undefined) here.growth.slips.push({ ...refused, start: from, end: to });
    // A key without a value has no place of its own: the key's is shown.
    const branch =
      pair.value === null ? nothing(from, to) : grow(pair.value, { ...here, depth: here.depth + 1 });
    if (refused === undefined) children.set(name, { branch, key: { start: from, end: to } });
  }
  const value = Object.fromEntries([...children].map(([name, twig]) => [name, twig.branch.value]));
  return { value, start, end, written: '', children };
}

function keySlip(
  name: string,
  children: ReadonlyMap<string, Twig>,
  here: Here,
): Omit<Slip, 'start' | 'end'> | undefined {
  if (poison.has(name)) {
    return {
      code: 'unknown-field',
      message: `${quote(name)} is not a field`,
      hint: 'this name is never accepted',
    };
  }
  if (name === '<<') {
    const hint = 'merge keys are not part of YAML 1.2: write the fields out';
    return { code: 'merge-key', message: '`<<` is not a field', hint };
  }
  const first = children.get(name)?.key;
  if (first === undefined) return undefined;
  const hint = `it stands on line ${here.growth.lineOf(first.start)} already: keep one`;
  return { code: 'duplicate-key', message: `${quote(name)} is written twice`, hint };
}

function growAlias(node: Alias, here: Here): Branch {
  const [start, end] = node.range ?? [0, 0];
  const { growth } = here;
  const refuse = (message: string, hint: string) => {
    growth.slips.push({ code: 'alias', message, hint, start, end });
    return nothing(start, end);
  };
  growth.aliases += 1;
  if (growth.aliases > mostAliases + 1) return nothing(start, end);
  if (growth.aliases > mostAliases) {
    return refuse(`more than ${mostAliases} aliases in one file`, 'write the repeated parts out');
  }
  if (here.inAlias) return refuse('an alias inside an aliased part', 'write the repeated part out');
  if (!growth.anchors.has(node.source)) {
    return refuse(
      `no anchor ${quote(`&${node.source}`)} stands before this alias`,
      'a text that starts with * needs quotes',
    );
  }
  const target = grow(growth.anchors.get(node.source), { ...here, inAlias: true });
  return { ...target, start, end };
}
