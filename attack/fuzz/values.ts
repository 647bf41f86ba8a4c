import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from './document.ts';

/** A value that is chosen when it is sent: the so-and-so-many-th id of a kind that earlier answers told of. */
export class Known {
  readonly kind: string;
  readonly place: number;
  constructor(kind: string, place: number) {
    this.kind = kind;
    this.place = place;
  }
}

/** Texts that have broken something somewhere. */
export const hostileTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e\u2066',
  'é'.normalize('NFD').repeat(50),
  '👩‍👩‍👧‍👦'.repeat(20),
  'İ',
  'ß',
  '٣',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-0',
  '-1',
  '1e400',
  '9007199254740993',
  '99999999999999999999',
  '2147483648',
  '0x10',
  "'; DROP TABLE users; --",
  '%00',
  '%',
  '%zz',
  '../../etc/passwd',
  '\\',
  '"',
  '{{',
  '{{#each x}}',
  '{{lookup this "constructor"}}',
  '[[x]]',
  '<script>',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.001Z',
  '-000001-01-01',
  '0000-00-00',
  '2026-02-30',
  'infinity',
  '-infinity',
  'x'.repeat(300),
  'x'.repeat(70_000),
  'a@b',
  `${'a'.repeat(300)}@example.com`,
  '+1',
  '+999999999999999999',
];

const hostileNumbers = [
  0,
  -0,
  -1,
  0.1,
  1e-320,
  1e21,
  1e308,
  -1e308,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  -(2 ** 63),
  8.64e15,
  8.64e15 + 1,
  -8.64e15,
  253402300800000,
  1e13,
];

/** Values of every kind that nobody expects where they come. */
export const hostile: Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...hostileNumbers) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null], { '': 0 }, [{}]) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...['__proto__', 'constructor', 'toString', 'length'].map(ownName)),
  },
);

/** An object with one of the language's own names as a field, as JSON makes it. */
function ownName(name: string): unknown {
  return JSON.parse(`{${JSON.stringify(name)}:{"x":1}}`);
}

const smallNumber = fc.integer({ min: 0, max: 30 });
const instants = fc.constantFrom(
  '2026-11-01T12:00:00Z',
  '2026-11-01',
  '2026-11-01 12:00:00 +00:00',
  '2027-03-14T02:30:00-05:00',
  '1795467909000',
);
const words = fc.constantFrom(
  'Autumn',
  'spring sale',
  'Ünïcode',
  '日本語',
  'firstName',
  'views',
  'a.b',
  'a b',
  'total',
  '🔥',
  'Z'.repeat(60),
);
const texts = fc.constantFrom(
  'Hello {{firstName}}',
  'Hi {{defaultIfEmpty firstName "there"}}: https://shop.example/{{city}}?a=1',
  '{{#if vip}}A{{else}}B{{/if}} {{dateFormat now format="yyyy"}}',
  '{{#each cart}}{{name}}{{/each}}',
  'STOP',
  'Ça va? 🔥 {{numberFormat price "currency"}}',
  '<p>Hi <a href="https://shop.example/{{x}}">{{x}}</a></p>',
  '{{1}} and {{2}}',
);
const addresses = fc.constantFrom(
  'https://shop.example/a?b=c#d',
  'https://hooks.shop.example/x',
  'https://xn--bcher-kva.example/',
);

/** A likely text for a field of this name. */
function likelyText(name: string): Arbitrary<unknown> {
  const person = fc.integer({ min: 0, max: 19 });
  if (/email/i.test(name)) return person.map((place) => `fuzz${place}@example.com`);
  if (/userId$|UserId$/.test(name)) return person.map((place) => `fuzz-${place}`);
  if (/phone|number|address/i.test(name)) return person.map((place) => `+121255501${String(place + 10)}`);
  if (/id$|ids$|identifier|^ref$/i.test(name)) return fc.oneof(known(name), words);
  if (/(at|date|time|since|until|from|to|after|before)$/i.test(name)) return fc.oneof(instants, words);
  if (/url|endpoint|source|link/i.test(name)) return addresses;
  if (/message|html|body|subject|content|wording|text|header|footer|answer/i.test(name)) return texts;
  if (/locale|language/i.test(name)) return fc.constantFrom('en', 'pt-BR', 'en_US', 'de');
  if (/country/i.test(name)) return fc.constantFrom('US', 'GB', 'de', 'XX');
  if (/zone/i.test(name)) return fc.constantFrom('America/New_York', 'Europe/London', 'Nowhere/Land');
  return fc.oneof(
    { weight: 4, arbitrary: words },
    { weight: 1, arbitrary: texts },
    { weight: 1, arbitrary: instants },
  );
}

/** An id of the kind that a field's name tells. */
function known(name: string): Arbitrary<Known> {
  return fc.integer({ min: 0, max: 49 }).map((place) => new Known(name.replace(/s$/, ''), place));
}

function likelyNumber(name: string, { minimum = 0, maximum, type }: Schema): Arbitrary<unknown> {
  const top = Math.max(minimum, Math.min(maximum ?? Number.POSITIVE_INFINITY, minimum + 50));
  if (/id$|ids$/i.test(name) && type === 'integer') return fc.oneof(known(name), smallNumber);
  if (/(at|date|time)$/i.test(name)) return fc.constantFrom(1795467909, 1795467909000, 0);
  return fc.oneof(
    fc.integer({ min: Math.ceil(minimum), max: Math.ceil(top) }),
    fc.constantFrom(minimum, maximum ?? 100),
  );
}

/** Likely free fields: what a customer's own data looks like, odd names among them. */
const freeFields = fc.dictionary(
  fc.oneof(
    { weight: 6, arbitrary: words },
    { weight: 1, arbitrary: fc.constantFrom(...hostileTexts.slice(0, 30)) },
  ),
  fc.oneof(
    { weight: 4, arbitrary: fc.oneof(words, smallNumber, instants, fc.boolean()) },
    { weight: 1, arbitrary: hostile },
  ),
  { maxKeys: 4 },
);

const made = new WeakMap<Schema, Map<string, Arbitrary<unknown>>>();

/** Values for a field of this name and schema: mostly such as it takes, now and then hostile ones. */
export function valuesOf(name: string, schema: Schema, depth = 0): Arbitrary<unknown> {
  const before = made.get(schema)?.get(name);
  if (before) return before;
  const values = fc.oneof(
    { weight: 25, arbitrary: likely(name, schema, depth) },
    { weight: 1, arbitrary: hostile },
  );
  const names = made.get(schema) ?? new Map<string, Arbitrary<unknown>>();
  made.set(schema, names.set(name, values));
  return values;
}

function likely(name: string, schema: Schema, depth: number): Arbitrary<unknown> {
  const { type, anyOf, oneOf, allOf, properties, items, pattern } = schema;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = anyOf ?? oneOf;
  if (choices && choices.length > 0)
    return fc.oneof(...choices.map((each) => valuesOf(name, each, depth + 1)));
  if (allOf) return likely(name, Object.assign({}, ...allOf) as Schema, depth);
  if (properties && depth < 8) return objects(properties, schema.required ?? [], depth);
  if (type === 'object' || type === undefined) return freeFields;
  if (type === 'array')
    return fc.array(valuesOf(name, items ?? {}, depth + 1), { maxLength: 3, size: 'max' });
  if (type === 'integer' || type === 'number') return likelyNumber(name, schema);
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (pattern) return fc.oneof(likelyText(name), matching(pattern));
  return likelyText(name);
}

function matching(pattern: string): Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern), { size: '-1' });
  } catch {
    // A pattern that fast-check cannot invent texts for.
    return fc.constant('x');
  }
}

/** Objects with nearly all fields that are needed, some of the others, and now and then one that is unknown. */
function objects(properties: Record<string, Schema>, required: string[], depth: number): Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const value = valuesOf(name, schema, depth + 1).map((each) => [[name, each]] as [string, unknown][]);
    const none = fc.constant<[string, unknown][]>([]);
    const share = required.includes(name) ? 40 : 2;
    return fc.oneof(
      { weight: share, arbitrary: value },
      { weight: required.includes(name) ? 1 : 3, arbitrary: none },
    );
  });
  const odd = fc.oneof(
    { weight: 30, arbitrary: fc.constant<[string, unknown][]>([]) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...hostileTexts), hostile)
        .map((pair) => [pair] as [string, unknown][]),
    },
  );
  return fc.tuple(...fields, odd).map((parts) => Object.fromEntries(parts.flat()));
}
