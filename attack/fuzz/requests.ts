import fc, { type Arbitrary } from 'fast-check';
import type { Operation } from './document.ts';
import { hostile, hostileTexts, Known, valuesOf } from './values.ts';

/** Who a request says it comes from. */
export type Caller = 'key' | 'readOnlyKey' | 'nobody' | 'stranger';

/** A request as it was made up; `Known` ids in it are put in when it is sent. */
export interface Made {
  operation: Operation;
  caller: Caller;
  params: unknown[];
  queries: [string, unknown][];
  /** A JSON value, or text that goes as it is. */
  body: { json: unknown } | { text: string; type: string } | null;
}

const callers = fc.oneof(
  { weight: 16, arbitrary: fc.constant<Caller>('key') },
  { weight: 1, arbitrary: fc.constantFrom<Caller>('readOnlyKey', 'nobody', 'stranger') },
);

/** Bodies that are no JSON, or none that anybody would send. */
const brokenBodies = fc.constantFrom(
  '',
  '{',
  '[]',
  'null',
  '0',
  '"x"',
  '{"a":1e999}',
  '{"a":-0}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"a":1,"a":2}',
  '\ufeff{}',
  '{"a":"\\ud800"}',
  '{"a":"\\u0000"}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
);
const types = fc.constantFrom(
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  '',
);

/** Files of people, good and bad, as a form with its options. */
const forms = fc
  .tuple(
    fc.constantFrom(
      'email,phone,first name\na@example.com,+12125550111,Ada\n',
      'email\n"a@example.com\n',
      '\ufeffsep=;\nemail;phone\na@example.com;1\n',
      'a\u0000b,c\n1,2\n',
      '__proto__,constructor,email\n1,2,b@example.com\n',
      '',
      ','.repeat(3_000),
      '\n'.repeat(3_000),
    ),
    fc.constantFrom(
      '{}',
      '{"newListName":"Fuzz"}',
      '{"listId":1}',
      '{"newListName":"Fuzz","consent":{"source":"https://a.example","method":"webForm","messageTypeIds":[1]}}',
      '{"mapping":{"__proto__":"x"}}',
      '{"listId":"x"}',
      'null',
      '[',
    ),
    fc.constantFrom('people.csv', 'people.xlsx', '../x', ''),
  )
  .map(([file, options, name]) => ({
    type: 'multipart/form-data; boundary=x',
    text: [
      ...['--x', 'Content-Disposition: form-data; name="options"', '', options],
      ...[
        '--x',
        `Content-Disposition: form-data; name="file"; filename="${name}"`,
        'Content-Type: text/csv',
        '',
        file,
      ],
      ...['--x--', ''],
    ].join('\r\n'),
  }));

/** Kinds of what stands in a path, by the word before it: `/api/campaigns/{id}` is a campaignId. */
function kindIn(path: string, name: string): string {
  const word = new RegExp(`(\\w+)/\\{${name}\\}`).exec(path)?.[1] ?? '';
  return name === 'id' ? `${word.replace(/s$/, '')}Id` : name;
}

function bodiesOf({ body, isForm }: Operation): Arbitrary<Made['body']> {
  if (body === null) return fc.constant(null);
  const broken = fc.tuple(brokenBodies, types).map(([text, type]) => ({ text, type }));
  const json = valuesOf('body', body).map((value) => ({ json: value }));
  const examples = (body.examples ?? []).map((example) => fc.constant({ json: example }));
  const kinds: { weight: number; arbitrary: Arbitrary<Made['body']> }[] = [
    { weight: 1, arbitrary: broken },
    { weight: isForm ? 2 : 25, arbitrary: json },
    ...(isForm ? [{ weight: 20, arbitrary: forms }] : []),
    ...(examples.length > 0
      ? [
          { weight: 4, arbitrary: fc.oneof(...examples) },
          { weight: 8, arbitrary: bent(body.examples ?? []) },
        ]
      : []),
  ];
  return fc.oneof(...kinds);
}

/** An example with one of its fields made another. */
function bent(examples: unknown[]): Arbitrary<Made['body']> {
  return fc
    .tuple(fc.constantFrom(...examples), fc.nat(), fc.oneof(hostile, fc.constant(undefined)))
    .map(([example, place, value]) => {
      const copy = structuredClone(example);
      const spots = spotsOf(copy);
      const spot = spots[place % Math.max(1, spots.length)];
      if (spot) Reflect.set(spot.holder, spot.name, value);
      return { json: copy };
    });
}

function spotsOf(value: unknown): { holder: object; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [{ holder: value, name }, ...spotsOf(inner)]);
}

/** Requests of one operation. */
function requestsOf(operation: Operation): Arbitrary<Made> {
  const params = operation.params.map(({ name, schema }) =>
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.nat({ max: 49 }).map((place) => new Known(kindIn(operation.path, name), place)),
      },
      { weight: 3, arbitrary: valuesOf(name, schema) },
      { weight: 1, arbitrary: fc.constantFrom(...hostileTexts) },
    ),
  );
  const queries = operation.queries.map(({ name, schema }) =>
    fc.oneof(
      { weight: 3, arbitrary: valuesOf(name, schema).map((value) => [[name, value]] as [string, unknown][]) },
      { weight: 3, arbitrary: fc.constant<[string, unknown][]>([]) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(hostile, hostile)
          .map((pair) => pair.map((value) => [name, value]) as [string, unknown][]),
      },
    ),
  );
  return fc.record({
    operation: fc.constant(operation),
    caller: callers,
    params: fc.tuple(...params),
    queries: fc.tuple(...queries).map((each) => each.flat()),
    body: bodiesOf(operation),
  });
}

/** Requests of all operations, each as likely as any other. */
export function requestsOfAll(operations: readonly Operation[]): Arbitrary<Made> {
  return fc.oneof(...operations.map(requestsOf));
}
