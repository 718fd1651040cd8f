/** Reads a GraphQL document: the part of the language that API clients use. */

export type Value =
  | { kind: 'variable'; name: string }
  | { kind: 'constant'; value: unknown }
  | { kind: 'list'; items: Value[] }
  | { kind: 'object'; fields: Map<string, Value> };

export type Directive = { name: string; args: Map<string, Value> };

export type Selection =
  | {
      kind: 'field';
      alias: string;
      name: string;
      args: Map<string, Value>;
      directives: Directive[];
      selections: Selection[] | null;
    }
  | { kind: 'inline'; on: string | null; directives: Directive[]; selections: Selection[] }
  | { kind: 'spread'; fragment: string; directives: Directive[] };

export type Variable = { name: string; type: string; required: boolean; otherwise: Value | null };
export type Operation = {
  type: 'query' | 'mutation';
  name: string | null;
  variables: Variable[];
  selections: Selection[];
};
export type Document = {
  operations: Operation[];
  fragments: Map<string, { on: string; selections: Selection[] }>;
};

const TOKEN =
  /[\s,\uFEFF]+|#[^\n]*|("""[\s\S]*?""")|("(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([_A-Za-z]\w*)|(\.\.\.|[!$():=@[\]{}|&])/y;

type Token = { kind: 'text' | 'number' | 'name' | 'mark' | 'end'; text: string; at: number };

/** Thrown where the document makes no sense; the executor answers it as GitHub's parse error. */
export class ParseError extends Error {}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw new ParseError(`Parse error on ${JSON.stringify(source[at])} at ${at}`);
    const [, block, quoted, number, name, mark] = match;
    if (block !== undefined) found.push({ kind: 'text', text: block.slice(3, -3).trim(), at });
    else if (quoted !== undefined) found.push({ kind: 'text', text: String(JSON.parse(quoted)), at });
    else if (number !== undefined) found.push({ kind: 'number', text: number, at });
    else if (name !== undefined) found.push({ kind: 'name', text: name, at });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark, at });
  }
  found.push({ kind: 'end', text: '(end)', at: source.length });
  return found;
}

/** The document's operations and fragments; throws ParseError. */
export function parseDocument(source: string): Document {
  const all = tokens(source);
  let i = 0;
  const here = (): Token => all[i] ?? { kind: 'end', text: '(end)', at: source.length };
  const is = (text: string) => here().kind !== 'text' && here().text === text;
  const fail = (): never => {
    throw new ParseError(`Parse error on ${JSON.stringify(here().text)} at ${here().at}`);
  };
  const take = (text: string) => {
    if (!is(text)) return false;
    i += 1;
    return true;
  };
  const expect = (text: string) => {
    if (!take(text)) fail();
  };
  const name = (): string => {
    const token = here();
    if (token.kind !== 'name') fail();
    i += 1;
    return token.text;
  };

  const value = (): Value => {
    const token = here();
    if (take('$')) return { kind: 'variable', name: name() };
    if (take('[')) {
      const items: Value[] = [];
      while (!take(']')) items.push(value());
      return { kind: 'list', items };
    }
    if (take('{')) return { kind: 'object', fields: pairs('}') };
    i += 1;
    if (token.kind === 'text') return { kind: 'constant', value: token.text };
    if (token.kind === 'number') return { kind: 'constant', value: Number(token.text) };
    if (token.kind !== 'name') fail();
    const words: Record<string, unknown> = { true: true, false: false, null: null };
    return { kind: 'constant', value: token.text in words ? words[token.text] : token.text };
  };

  const pairs = (end: string): Map<string, Value> => {
    const found = new Map<string, Value>();
    while (!take(end)) {
      const key = name();
      expect(':');
      found.set(key, value());
    }
    return found;
  };

  const directives = (): Directive[] => {
    const found: Directive[] = [];
    while (take('@')) found.push({ name: name(), args: take('(') ? pairs(')') : new Map() });
    return found;
  };

  const selections = (): Selection[] => {
    expect('{');
    const found: Selection[] = [];
    while (!take('}')) found.push(take('...') ? spread() : field());
    return found;
  };

  const spread = (): Selection => {
    if (here().kind === 'name' && !is('on'))
      return { kind: 'spread', fragment: name(), directives: directives() };
    const on = take('on') ? name() : null;
    return { kind: 'inline', on, directives: directives(), selections: selections() };
  };

  const field = (): Selection => {
    const first = name();
    const real = take(':') ? name() : first;
    const args = take('(') ? pairs(')') : new Map<string, Value>();
    const marked = directives();
    return {
      kind: 'field',
      alias: first,
      name: real,
      args,
      directives: marked,
      selections: is('{') ? selections() : null,
    };
  };

  const variable = (): Variable => {
    expect('$');
    const called = name();
    expect(':');
    let type = '';
    while (is('[') || is(']') || is('!') || (here().kind === 'name' && !/\w$/.test(type))) {
      type += here().text;
      i += 1;
    }
    const otherwise = take('=') ? value() : null;
    return { name: called, type, required: type.endsWith('!') && otherwise === null, otherwise };
  };

  const document: Document = { operations: [], fragments: new Map() };
  while (here().kind !== 'end') {
    if (take('fragment')) {
      const called = name();
      expect('on');
      document.fragments.set(called, { on: name(), selections: selections() });
      continue;
    }
    const type = is('mutation') ? 'mutation' : 'query';
    if (!is('{') && !take('query') && !take('mutation')) fail();
    const called = here().kind === 'name' ? name() : null;
    const variables: Variable[] = [];
    if (take('(')) while (!take(')')) variables.push(variable());
    directives();
    document.operations.push({ type, name: called, variables, selections: selections() });
  }
  return document;
}
