import fc from 'fast-check';
import { z } from 'zod';
import { procedures } from './api.ts';

/** What JSON Schema tells of an input; ours are made from the router's own zod. */
type Shape = {
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
};

/** What a procedure takes, or null when it takes nothing. */
export const shapeOf = (procedure: string): Shape | null => {
  const { inputs = [] } = (procedures.get(procedure)?._def ?? {}) as { inputs?: z.ZodType[] };
  const [input] = inputs;
  return input ? (z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }) as Shape) : null;
};

const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
const proto = (key: string): unknown => JSON.parse(`{"${key}":{"isAdmin":true,"administers":true}}`);

/** What no field expects. `secrets` are personal words, which must then stand in no log. */
const nasty = (secrets: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      -1,
      0.5,
      Number.MAX_SAFE_INTEGER + 2,
      1e308,
      '',
      ' ',
      '\u0000',
      'a\u0000b',
      '\ud800',
      '\udfff\ud800',
      '\u202e\u200b\ufeff',
      '%00',
      '../../../../etc/passwd',
      "' or 1=1 --",
      '$' + '{7*7}',
      '{{constructor}}',
      '=cmd|calc!A0',
      '<script>alert(1)</script>',
      '2026-02-30T25:61:00Z',
      '+275760-09-13T00:00:00Z',
      '00000000-0000-0000-0000-000000000000',
      [],
      {},
    ),
    fc.constantFrom(...secrets),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(31, 33, 1000, 5000).map(deep),
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then', 'toJSON').map(proto),
    fc.constantFrom(5_000, 200_000).map((length) => 'æ'.repeat(length)),
    fc.constantFrom(300, 20_000).map((length) => Array.from({ length }, () => 0)),
    fc.integer(),
    fc.double(),
    fc.jsonValue({ maxDepth: 3 }),
  );

export type Pools = {
  /** Real ids of several kinds and owners, and some that are nobody's. */
  readonly ids: readonly string[];
  /** Codes, people, units: whatever is text but free. */
  readonly words: readonly string[];
  readonly secrets: readonly string[];
};

const textOf = (shape: Shape, { ids, words, secrets }: Pools): fc.Arbitrary<unknown> => {
  if (shape.format === 'uuid') return fc.constantFrom(...ids);
  if (shape.format === 'date') return fc.constantFrom('2026-11-03', '2026-02-28', '1900-01-01', '2199-12-31');
  if (shape.format === 'date-time') {
    return fc.constantFrom(
      '2026-11-03T09:00:00Z',
      '2026-11-03T10:00:00+01:00',
      '2199-01-01T00:00:00Z',
      '0001-01-01T00:00:00Z',
    );
  }
  const { minLength: least = 0, maxLength: most = 100 } = shape;
  return fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(...secrets),
    fc.string({ unit: 'grapheme', minLength: least, maxLength: Math.max(least, Math.min(most, 60)) }),
    fc.constant('x'.repeat(Math.min(most, 20_000))),
  );
};

/** Mostly what the shape asks for, and at any depth of it sometimes what it does not. */
export const inputOf = (shape: Shape, pools: Pools): fc.Arbitrary<unknown> => {
  const inside = (one: Shape): fc.Arbitrary<unknown> => inputOf(one, pools);
  const fitting = (): fc.Arbitrary<unknown> => {
    if (shape.const !== undefined) return fc.constant(shape.const);
    if (shape.enum) return fc.constantFrom(...shape.enum);
    const choices = shape.anyOf ?? shape.oneOf;
    if (choices) return fc.oneof(...choices.map(inside));
    if (shape.type === 'string') return textOf(shape, pools);
    if (shape.type === 'integer') {
      const min = Math.max(shape.minimum ?? 0, 0);
      return fc.integer({ min, max: Math.max(min, Math.min(shape.maximum ?? min + 5, min + 1000)) });
    }
    if (shape.type === 'number') return fc.double({ noNaN: true });
    if (shape.type === 'boolean') return fc.boolean();
    if (shape.type === 'null') return fc.constant(null);
    if (shape.type === 'array') {
      const minLength = shape.minItems ?? 0;
      return fc.array(inside(shape.items ?? {}), {
        minLength,
        maxLength: Math.min(shape.maxItems ?? 4, minLength + 4),
      });
    }
    if (shape.type === 'object') {
      const fields = Object.entries(shape.properties ?? {}).map(([key, field]) => [key, inside(field)] as const);
      const requiredKeys = shape.required?.filter((key) => key in (shape.properties ?? {})) ?? [];
      return fc
        .tuple(fc.record(Object.fromEntries(fields), { requiredKeys }), fc.nat(30), fc.constantFrom(...pools.secrets))
        .map(([value, chance, secret]) => (chance === 0 ? { ...value, [secret]: secret } : value));
    }
    return fc.jsonValue({ maxDepth: 4 });
  };
  return fc.oneof({ weight: 40, arbitrary: fitting() }, { weight: 1, arbitrary: nasty(pools.secrets) });
};

/** The bytes of a body: usually the input's JSON, sometimes broken off, doubled or no JSON at all. */
export const bodyOf = (input: fc.Arbitrary<unknown>): fc.Arbitrary<string> => {
  const json = input.map((value) => JSON.stringify(value) ?? '');
  return fc.oneof(
    { weight: 15, arbitrary: json },
    {
      weight: 1,
      arbitrary: fc
        .tuple(json, fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([text, part]) => text.slice(0, text.length * part)),
    },
    { weight: 1, arbitrary: json.map((text) => `${text}${text}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        'null',
        '"',
        '{"json":',
        '1e999',
        '[1e400]',
        '\ufeff{}',
        '{"a":1,"a":2}',
        '{"__proto__":null}',
      ),
    },
  );
};
