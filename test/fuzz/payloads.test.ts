/** What a payload can be made of must never stop or stall the reading of deliveries (threats T04, T06, T07, T55; G5, G6). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZodError } from 'zod';
import { readPayload } from '../../src/engine/read-payload.ts';
import { checkEvent } from '../../src/github/incoming/check-event.ts';
import { readEnvelope } from '../../src/github/incoming/envelope.ts';
import { readerFor, readers } from '../../src/github/incoming/index.ts';
import { isSigned } from '../../src/http/webhook.ts';
import { ask, examples, frameOf, inParallel, post, sign, stored } from '../threats/ingress/letter.ts';
import { app } from '../world/house.ts';
import { openPlay, type Play } from '../world/play.ts';
import { fastest, patience, runs } from './effort.ts';

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Values nobody expects where they stand. */
const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    -(2 ** 63),
    [],
    {},
    [[]],
    'null',
    '__proto__',
  ),
  fc.constantFrom<unknown>('\u0000', '\ud800', '\udfff\u0000', '\ufffe', '\u202e', '\u2028', '𝕏'.repeat(200)),
  fc.constantFrom<unknown>('a'.repeat(70_000), deep(500), {
    toString: 1,
    constructor: { prototype: null },
  }),
  fc.constantFrom<unknown>(
    { id: 'x' },
    { number: '1' },
    { login: null },
    { name: 1 },
    Array(500).fill({ name: 'x' }),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Change {
  readonly at: readonly number[];
  readonly how: 'replace' | 'remove' | 'add' | 'copy' | 'wrap';
  readonly value: unknown;
  readonly key: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
  how: fc.constantFrom<Change['how']>('replace', 'replace', 'replace', 'remove', 'add', 'copy', 'wrap'),
  value: strange,
  key: fc.constantFrom(
    '__proto__',
    'constructor',
    'issue',
    'action',
    'repository',
    'toJSON',
    'number',
    'user',
    'type',
    '0',
  ),
});

type Holder = Record<string, unknown> | unknown[];
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Changes one place of a payload. */
const apply = (root: Record<string, unknown>, { at, how, value, key }: Change): void => {
  let holder: Holder = root;
  let name = '';
  for (const [depth, step] of at.entries()) {
    const names = Object.keys(holder);
    name = names[step % Math.max(1, names.length)] ?? '';
    const next: unknown = Reflect.get(holder, name);
    if (depth === at.length - 1 || !isHolder(next)) break;
    holder = next;
  }
  const put = (at: string, what: unknown): void => {
    // Own copies: a value that holds its holder is no JSON. And no setter: `__proto__` is a name like any other in JSON.
    const own = {
      value: JSON.parse(JSON.stringify(what ?? null)),
      enumerable: true,
      configurable: true,
      writable: true,
    };
    Object.defineProperty(holder, at, own);
  };
  if (Array.isArray(holder) && (name === '' || how === 'add')) return;
  if (how === 'remove') Reflect.deleteProperty(holder, name);
  else if (how === 'add') put(key, value);
  else if (how === 'copy') put(name, root['sender']);
  else if (how === 'wrap') put(name, [Reflect.get(holder, name)]);
  else put(name, value);
};

const texts = examples.map(({ event, body }) => ({ event, text: JSON.stringify(body) }));
/** Half of all goes to events that mean something. */
const meant = texts.filter(({ event }) => readers.some((reader) => reader.event === event));

const mutant = fc
  .record({
    from: fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...meant)),
    as: fc.option(fc.constantFrom(...meant.map(({ event }) => event)), { freq: 8, nil: undefined }),
    changes: fc.array(change, { minLength: 0, maxLength: 4 }),
    bytes: fc.option(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), {
      freq: 4,
      nil: undefined,
    }),
    cutAt: fc.option(fc.nat(), { freq: 8, nil: undefined }),
  })
  .map(({ from, as, changes, bytes, cutAt }) => {
    const root: Record<string, unknown> = JSON.parse(from.text);
    for (const one of changes) apply(root, one);
    const body = Buffer.from(JSON.stringify(root));
    for (const [at, value] of bytes ?? []) body[at % body.length] = value;
    return {
      event: as ?? from.event,
      body: cutAt === undefined ? body : body.subarray(0, cutAt % body.length),
    };
  });

/** All of what happens to a body before anything is asked or written. */
const read = (event: string, body: Uint8Array): unknown => {
  if (!isSigned(app.secret, body, sign(body))) throw new Error('a genuine signature was refused');
  if (isSigned(app.secret, body, `${sign(body, 'other')}`)) throw new Error('a forged signature was taken');
  const payload = readPayload(body);
  const { action } = readEnvelope(payload);
  const reader = readerFor(event, action);
  if (reader === undefined) return undefined;
  checkEvent(event, payload);
  return reader.read(payload, action);
};

describe('a payload that nobody sent', () => {
  test('T55, G6: is read or refused in its shape, in less than 100 ms, and changes no object but its own', {
    timeout: patience(60_000),
  }, () => {
    fc.assert(
      fc.property(mutant, ({ event, body }) => {
        const took = fastest(() => {
          try {
            read(event, body);
          } catch (error) {
            if (!(error instanceof ZodError)) throw error;
          }
        }, 100);
        expect(took).toBeLessThan(100);
        const plain: Record<string, unknown> = {};
        expect([plain['polluted'], plain['action'], plain['id'], plain['toJSON']]).toEqual(
          Array(4).fill(undefined),
        );
      }),
      runs(20_000),
    );
  });

  test('G6: whatever the bytes, none is taken for anything but what its reader says', {
    timeout: patience(30_000),
  }, () => {
    const event = fc.constantFrom(...readers.map((reader) => reader.event));
    fc.assert(
      fc.property(event, fc.uint8Array({ maxLength: 400 }), (name, body) => {
        try {
          expect(read(name, body)).toBeUndefined();
        } catch (error) {
          if (!(error instanceof ZodError)) throw error;
        }
      }),
      runs(2_000),
    );
  });
});

describe('the same through the real door', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.ends());

  test('T07, G6: every signed body is stored, read to an end, and breaks nothing', {
    timeout: patience(90_000),
  }, async () => {
    const { numRuns } = runs(400);
    const epic = await play.starts('bug', 'Fuzzed');
    const here = frameOf(play.acme);
    const before = await stored(play.databaseUrl);
    const letters = fc.sample(
      fc.tuple(mutant, fc.boolean(), fc.string({ unit: 'binary', maxLength: 20 })),
      numRuns,
    );
    await inParallel(letters, 8, async ([{ event, body }, ours, text]) => {
      let sent: Uint8Array | string = body;
      const payload = ours ? readPayload(body) : undefined;
      if (typeof payload === 'object' && payload !== null)
        sent = JSON.stringify({
          ...payload,
          ...here,
          issue: { ...Reflect.get(payload, 'issue'), number: epic.number, id: epic.id, body: text },
        });
      expect([event, await post(play.house, sent, { event })]).toEqual([event, 202]);
    });
    await play.settles();
    expect(await stored(play.databaseUrl)).toBeGreaterThanOrEqual(before + numRuns);
    const unread = await ask(
      play.databaseUrl,
      `select event, action, tries, problem from deliveries where state = 'set_aside' and problem not like '[%'`,
    );
    expect(unread).toEqual([]);
    expect((await fetch(`${play.house.url}/readyz`)).status).toBe(200);
    expect(play.house.output()).not.toMatch(/unhandled|uncaught|RangeError|TypeError|SyntaxError/i);
  });
});
