import fc from 'fast-check';
import type { TestPerson } from './people-fixtures.ts';

/** What random definitions and people of a test may name. */
export interface RandomGround {
  now: Date;
  listIds: readonly number[];
  /** Segments that are there already. */
  segmentIds: readonly number[];
  channelIds: readonly number[];
  messageTypeIds: readonly number[];
}

const day = 86_400_000;
const zones = [
  'America/New_York',
  'Europe/Paris',
  'Pacific/Kiritimati',
  'America/Havana',
  'Pacific/Pago_Pago',
  'Asia/Beirut',
  'Europe/Berlin',
  'America/Santiago',
  'Asia/Kolkata',
];

/** Instants at which clocks or calendars do something odd, and some at which they do not. */
export const instants: fc.Arbitrary<Date> = fc
  .tuple(
    fc.constantFrom(
      ...['2026-11-23T17:00:00Z', '2026-03-08T07:00:00Z', '2026-11-01T05:00:00Z', '2026-11-01T06:00:00Z'],
      ...[
        '2026-10-25T00:00:00Z',
        '2026-03-29T01:00:00Z',
        '2027-02-28T12:00:00Z',
        '2028-02-29T05:00:00Z',
        '2027-01-01T00:00:00Z',
      ],
    ),
    fc.constantFrom(0, 1, -1, 3_600_000, -3_600_000, 12_345_678),
  )
  .map(([at, shift]) => new Date(Date.parse(at) + shift));

/** Instants around now, many of them at the very edges of windows. */
const around = ({ now }: RandomGround): fc.Arbitrary<Date> =>
  fc
    .tuple(
      fc.constantFrom(0, -1, -7, -30, -31, 1, 7, -365, -0.25, -1 / 24),
      fc.constantFrom(0, 0, 1, -1, 3_600_000, -3_600_000, 5 * 3_600_000),
    )
    .map(([days, shift]) => new Date(now.getTime() + Math.round(days * day) + shift));

const words = fc.constantFrom(
  'Paris',
  'paris',
  'PARIS',
  'Le Paris',
  'Élan',
  'élan',
  'a.b',
  '12',
  '',
  'x\ny',
  '“%_\\',
  'true',
  'beans',
  'cup',
  ...['straße', 'STRASSE', 'ΟΔΟΣ', 'οδος', 'ΟΔ', 'İzmir', 'izmir', 'IZMIR', 'e\u0301lan', 'مدينة', '東京🗼'],
);
const numbers = fc.constantFrom(0, 1, 2, -1, 1.5, 12, 0.25, 1e9);

const dateTexts = (ground: RandomGround) =>
  fc.oneof(
    fc.constantFrom(
      ...[
        '2026-11-23',
        '2024-02-29',
        '2026-02-30',
        '2025-02-28',
        '1984-11-23',
        '2026-11-01',
        '2026-11-01T05:30:00Z',
        '0999-01-01',
      ],
      ...[
        '2026-11-01T01:30:00-04:00',
        '2026-11-01T01:30:00',
        '2026-11-23 17:00:00 +00:00',
        '2026-11-23T17:00:00.123UTC',
        '2026-11-23T24:00:00Z',
      ],
      ...[
        '2026-11-23T17:00Z',
        '2026-11-23T17:00:00+0530',
        '2026-11-23 17:00:00+02',
        '2026-11-23T17:00:00.1234567Z',
        '9999-12-31',
        ' 2026-11-23',
        '2026-11-23T17:00:00+15:00',
        '1995-03-01T03:00:00Z',
      ],
    ),
    around(ground).map((at) => at.toISOString()),
    around(ground).map((at) => at.toISOString().slice(0, 10)),
  );

const scalars = (ground: RandomGround): fc.Arbitrary<unknown> =>
  fc.oneof(words, numbers, fc.boolean(), fc.constant(null), dateTexts(ground));
const items = (ground: RandomGround): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(
        { id: words, price: fc.oneof(numbers, words), quantity: numbers, at: dateTexts(ground) },
        { requiredKeys: [] },
      ),
    },
    { weight: 1, arbitrary: scalars(ground) },
    { weight: 1, arbitrary: fc.array(fc.record({ id: words, price: numbers }), { maxLength: 2 }) },
  );
const values = (ground: RandomGround): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: scalars(ground) },
    { weight: 1, arbitrary: fc.array(scalars(ground), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(items(ground), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.record({ city: scalars(ground), lines: fc.array(scalars(ground), { maxLength: 2 }) }),
    },
    { weight: 1, arbitrary: fc.constant([['Paris', 1]]) },
  );

/** Items of the catalog that definitions name, by ids that are values of people’s fields too. */
export const catalogItems = (ground: RandomGround): fc.Arbitrary<Map<string, Record<string, unknown>>> =>
  fc
    .dictionary(fc.constantFrom('Paris', 'paris', '12', 'cup', 'beans', 'true'), objects(ground), {
      maxKeys: 5,
    })
    .map((items) => new Map(Object.entries(items)));

const names = ['city', 'age', 'tags', 'address', 'born', 'items', 'a.b', 'price'];
const objects = (ground: RandomGround) =>
  fc.dictionary(fc.constantFrom(...names), values(ground), { maxKeys: 6 });
const points = fc.oneof(
  fc.record({ lat: fc.constantFrom(48.85, 52.5, -33.9), lon: fc.constantFrom(2.35, 13.4, 151.2, 179.9) }),
  fc.constantFrom<unknown>(
    { lat: '48', lon: 2 },
    { lat: 131.15, lon: -177.65 },
    { lat: 1e300, lon: 1e300 },
    'Paris',
    null,
    [{ lat: 48.8, lon: 2.3 }],
  ),
);

const events = (ground: RandomGround) =>
  fc
    .record({
      kind: fc.constantFrom('custom' as const, 'custom' as const, 'purchase' as const),
      name: fc.constantFrom('viewed', 'searched'),
      data: fc
        .tuple(objects(ground), fc.array(items(ground), { maxLength: 3 }), fc.oneof(numbers, words))
        .map(([data, bought, total]): Record<string, unknown> => ({ ...data, items: bought, total })),
      at: around(ground),
    })
    .map((event) => (event.kind === 'purchase' ? { ...event, name: 'purchase' } : event));

/** A person of this number with a history of whatever kind. */
export const person = (id: number, ground: RandomGround): fc.Arbitrary<TestPerson> =>
  fc.record({
    id: fc.constant(id),
    // Two lanes are enough to show that each answers for its own.
    lane: fc.constant(id % 2),
    email: fc.constantFrom(null, `u${id}@example.com`, `U${id}@EXAMPLE.com`),
    signedUpAt: around(ground),
    placeKey: fc.constantFrom(
      ...[
        '',
        'US-NY@America/New_York',
        'US-TX@America/Chicago|US-TX@America/Denver',
        'FR@Europe/Paris',
        'ES@*',
        'US@*',
      ],
      ...[
        'FR@Europe/Paris|US-CA@America/Los_Angeles',
        'DE@Europe/Paris|FR@Europe/Paris',
        'KI@Pacific/Kiritimati',
        'CU@America/Havana',
        'CL@America/Santiago',
        'IN@Asia/Kolkata',
      ],
    ),
    dataFields: fc
      .tuple(objects(ground), points)
      .map(([fields, location]): Record<string, unknown> => ({ ...fields, location })),
    events: fc.array(events(ground), { maxLength: 6 }),
    lists: fc.uniqueArray(fc.record({ id: fc.constantFrom(...ground.listIds), at: around(ground) }), {
      selector: ({ id }) => id,
    }),
    standings: fc
      .tuple(
        fc.subarray([...ground.channelIds].map((targetId) => ({ kind: 'channel' as const, targetId }))),
        fc.subarray(
          [...ground.messageTypeIds].map((targetId) => ({ kind: 'messageType' as const, targetId })),
        ),
        fc.array(
          fc.record({
            status: fc.constantFrom(
              'subscribed' as const,
              'subscribed' as const,
              'pending' as const,
              'unsubscribed' as const,
            ),
            isPaused: fc.constantFrom(false, false, true),
            since: around(ground),
            method: fc.constantFrom('keyword', 'import', 'api'),
          }),
          { minLength: 20, maxLength: 20 },
        ),
      )
      .map(([channels, types, rest]) =>
        [...channels, ...types].map((target, index) => ({ ...target, ...rest[index]! })),
      ),
    messages: fc.array(
      fc.record({
        status: fc.constantFrom(
          ...(['queued', 'sent', 'delivered', 'delivered', 'read', 'bounced', 'skipped'] as const),
        ),
        campaignId: fc.constantFrom(1, 2),
        medium: fc.constantFrom('sms' as const, 'email' as const),
        reason: fc.constantFrom('30005', 'noOptIn'),
        at: around(ground),
        deliveredAt: around(ground),
        readAt: around(ground),
        clicks: fc.array(
          fc.record({ visitor: fc.constantFrom('person' as const, 'bot' as const), at: around(ground) }),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 4 },
    ),
    replies: fc.array(fc.record({ senderId: fc.constantFrom(1, 1, 2), at: around(ground) }), {
      maxLength: 3,
    }),
    addresses: fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom('phone', 'whatsApp', 'email'),
        value: fc.constantFrom('+14155550101', 'US.1', 'a@example.com'),
        deadOn: fc.subarray(['sms', 'whatsApp', 'email']),
      }),
      { selector: ({ value }) => value },
    ),
  });

const zone = fc.option(
  fc.oneof(fc.constantFrom(...zones), fc.constant('person'), fc.constant({ person: 'Asia/Beirut' })),
  { nil: undefined },
);
const span = fc.constantFrom(
  { days: 30 },
  { days: 7 },
  { days: 1 },
  { weeks: 1 },
  { hours: 1 },
  { minutes: 360 },
  { days: 365 },
);

const moments = (ground: RandomGround) =>
  fc.oneof(
    around(ground).map((at) => at.toISOString()),
    around(ground).map((at) => at.toISOString().slice(0, 10)),
    fc.constantFrom('2026-11-01', '2026-03-08', '2026-11-23'),
  );

const windows = (ground: RandomGround): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.record({ last: span }),
    fc.record({ next: span }),
    fc.record({ lastDays: fc.constantFrom(1, 2, 7, 30) }),
    moments(ground).map((from) => ({ from })),
    moments(ground).map((to) => ({ to })),
    fc
      .tuple(moments(ground), moments(ground))
      .filter(([from, to]) => Date.parse(from) < Date.parse(to))
      .map(([from, to]) => ({ from, to })),
  );

const numberTests = fc.oneof(
  ...['is', 'moreThan', 'atLeast', 'lessThan', 'atMost'].map((name) =>
    fc.constantFrom(0, 1, 2, 3, 1.5, 12, -1).map((value) => ({ [name]: value })),
  ),
  fc.constantFrom({ between: [0, 1] }, { between: [1, 2] }, { between: [1, 12] }),
);
const numberComparisons = numberTests.filter((test) => !('is' in test));

const patterns = fc.constantFrom(
  '^P',
  'aris$',
  '[a-p]ar',
  'P.r|c(u|a)p',
  '\\d{2}',
  '^(?:b|c)\\w+$',
  'x.y',
  '[^a-z]',
  '^$',
  'é',
  '\\.',
);

function comparisons(ground: RandomGround, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const value = scalars(ground).filter((each) => each !== null);
  const texts = words.filter((each) => each !== '');
  const some = fc.array(value, { minLength: 1, maxLength: 3 });
  const isText = (each: unknown) =>
    typeof each === 'string' || (Array.isArray(each) && each.some((one) => typeof one === 'string'));
  const compared = fc
    .tuple(
      fc.oneof(
        ...['is', 'isNot'].map((name) => value.map((each) => ({ [name]: each }))),
        ...['isAnyOf', 'isNoneOf'].map((name) => some.map((each) => ({ [name]: each }))),
        ...['contains', 'doesNotContain', 'startsWith', 'endsWith'].map((name) =>
          texts.map((each) => ({ [name]: each })),
        ),
        ...['matches', 'doesNotMatch'].map((name) => patterns.map((each) => ({ [name]: each }))),
      ),
      fc.boolean(),
    )
    .map(
      ([comparison, ignoringCase]): Record<string, unknown> =>
        ignoringCase && isText(Object.values(comparison)[0]) ? { ...comparison, ignoringCase } : comparison,
    );
  const dates = fc
    .tuple(
      fc.oneof(
        ...['before', 'after'].map((name) => moments(ground).map((each) => ({ [name]: each }))),
        moments(ground).map((each) => ({ on: each.slice(0, 10) })),
        windows(ground).map((during) => ({ during })),
        windows(ground).map((during) => ({ during })),
        fc
          .constantFrom({ from: 0, to: 0 }, { from: 0, to: 7 }, { from: -3, to: -1 }, { from: -1, to: 1 })
          .map((anniversary) => ({ anniversary })),
      ),
      zone,
    )
    .map(
      ([comparison, where]): Record<string, unknown> =>
        where === undefined ? comparison : { ...comparison, zone: where },
    );
  return fc.oneof(
    { weight: 4, arbitrary: compared },
    { weight: 2, arbitrary: numberComparisons },
    { weight: 4, arbitrary: dates },
    { weight: 1, arbitrary: fc.boolean().map((exists) => ({ exists })) },
    ...(depth > 0
      ? [
          { weight: 2, arbitrary: conditions(ground, depth - 1).map((hasElement) => ({ hasElement })) },
          {
            weight: 2,
            arbitrary: fc.option(conditions(ground, depth - 1), { nil: undefined }).map((where) => ({
              inCatalog: { catalog: 'Things', ...(where === undefined ? {} : { where }) },
            })),
          },
        ]
      : []),
  );
}

const paths = fc.constantFrom<string | string[]>(
  ...[
    'city',
    'age',
    'tags',
    'born',
    'address.city',
    'address.lines',
    'items.id',
    'items.price',
    'items',
    'price',
    'items.at',
    'total',
  ],
  ['a.b'],
);

/** What may be said of the fields of an event, or of an element. */
function conditions(ground: RandomGround, depth: number): fc.Arbitrary<unknown> {
  const elementPaths = fc.constantFrom<string | string[]>(
    'id',
    'price',
    'quantity',
    'at',
    'city',
    'tags',
    'items.id',
    ['a.b'],
  );
  const one = fc
    .tuple(elementPaths, comparisons(ground, depth))
    .map(([path, comparison]) => ({ path, ...comparison }));
  if (depth === 0) return one;
  return fc.oneof(
    { weight: 3, arbitrary: one },
    { weight: 1, arbitrary: groups(conditions(ground, depth - 1)) },
  );
}

const groups = (parts: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(parts, { minLength: 1, maxLength: 3 }))
    .map(([kind, of]) => ({ [kind]: of }));

const optional = <Value>(arbitrary: fc.Arbitrary<Value>, rarely = 2) =>
  fc.option(arbitrary, { nil: undefined, freq: rarely });

/** What came after, or did not: `followedBy` or `notFollowedBy`, and sometimes what came after that. */
function steps(ground: RandomGround, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const one = fc
    .tuple(
      fc.constantFrom({ event: 'viewed' }, { event: 'searched' }, { purchase: true }),
      span,
      optional(conditions(ground, 0), 1),
    )
    .map(([what, within, where]) => ({ ...what, within, ...(where !== undefined && { where }) }));
  const missing = one.map((notFollowedBy) => ({ notFollowedBy }));
  const came = fc
    .tuple(one, depth === 0 ? fc.constant({}) : fc.oneof(fc.constant({}), steps(ground, depth - 1)))
    .map(([step, next]) => ({ followedBy: { ...step, ...next } }));
  return fc.oneof(missing, came);
}

function histories(ground: RandomGround): fc.Arbitrary<Record<string, unknown>> {
  const measure = fc.oneof(
    fc.constant({}),
    numberTests.map((times) => ({ times })),
    numberTests.map((times) => ({ times })),
    ...['first', 'last'].map((name) => windows(ground).map((window) => ({ [name]: window }))),
    ...['sum', 'average', 'least', 'most'].map((name) =>
      fc
        .tuple(fc.constantFrom('total', 'items.price', 'age'), numberTests)
        .map(([of, test]) => ({ [name]: { of, ...test } })),
    ),
  );
  return fc
    .tuple(
      measure,
      optional(windows(ground)),
      zone,
      optional(conditions(ground, 1)),
      optional(steps(ground, 2), 1),
    )
    .map(([asked, during, where, fields, after]) => ({
      ...asked,
      ...(during !== undefined && { during }),
      ...(where !== undefined && { zone: where }),
      ...(fields !== undefined && { where: fields }),
      ...after,
    }));
}

function leaves(ground: RandomGround): fc.Arbitrary<unknown> {
  const when = fc.tuple(optional(windows(ground)), zone).map(([during, where]) => ({
    ...(during !== undefined && { during }),
    ...(where !== undefined && { zone: where }),
  }));
  const status = fc.constantFrom('subscribed', 'pending', 'unsubscribed');
  const target = fc.oneof(
    fc.constantFrom(...ground.channelIds).map((channelId) => ({ channelId })),
    fc.constantFrom(...ground.messageTypeIds).map((messageTypeId) => ({ messageTypeId })),
  );
  const shares = fc.constantFrom(
    { salt: 'a', from: 0, to: 50 },
    { salt: 'a', from: 50, to: 100 },
    { salt: 'b', from: 12.5, to: 37.25 },
  );
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.oneof(paths, fc.constantFrom('email', 'signupDate')), comparisons(ground, 2))
        .map(([path, comparison]) => ({ field: { path, ...comparison } })),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom('viewed', 'searched'), histories(ground))
        .map(([name, asked]) => ({ event: { name, ...asked } })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(histories(ground), optional(conditions(ground, 1)), optional(numberTests, 1))
        .map(([asked, item, revenue]) => {
          const isMeasured = ['times', 'first', 'last', 'sum', 'average', 'least', 'most'].some(
            (name) => name in asked,
          );
          return {
            purchase: {
              ...asked,
              ...(item !== undefined && { item }),
              ...(revenue && !isMeasured && { revenue }),
            },
          };
        }),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.uniqueArray(fc.constantFrom(...ground.listIds), { minLength: 1 }), when)
        .map(([ids, rest]) => ({ list: { ids, ...rest } })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(target, status, optional(fc.boolean(), 1), optional(fc.constant(['keyword', 'api']), 1), when)
        .map(([of, stands, paused, methods, rest]) => ({
          subscription: {
            ...of,
            status: stands,
            ...(paused !== undefined && { paused }),
            ...(methods && { methods }),
            ...rest,
          },
        })),
    },
    { weight: 1, arbitrary: target.map((of) => ({ subscription: { ...of, status: 'none' } })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom('sms', 'whatsApp', 'email'),
          optional(fc.constantFrom(...ground.messageTypeIds)),
        )
        .map(([medium, messageTypeId]) => ({
          reach: { medium, ...(messageTypeId !== undefined && { messageTypeId }) },
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            ...[
              { country: ['FR', 'DE'] },
              { country: ['US'] },
              { region: ['US-NY', 'US-CA'] },
              { timeZone: ['Europe/Paris'] },
            ],
            ...[
              { timeZone: ['Europe/Madrid', 'Atlantic/Canary'] },
              { timeZone: ['Europe/Madrid'] },
              { country: ['ES', 'US'] },
            ],
          ),
          fc.boolean(),
        )
        .map(([of, orPossibly]) => ({ place: { ...of, ...(orPossibly && { orPossibly }) } })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(10, 900, 17_000)
        .map((km) => ({ place: { near: { path: 'location', lat: 48.85, lon: 2.35, km } } })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom('sent', 'delivered', 'read', 'failed', 'skipped', 'clicked', 'replied'),
          when,
          optional(numberTests),
          fc.constantFrom({}, { campaignIds: [1] }, { medium: 'sms' }),
          fc.boolean(),
        )
        .map(([what, rest, times, which, hasReasons]) => ({
          message: {
            ...{ what, ...rest, ...which, ...(times && { times }) },
            ...(hasReasons && (what === 'failed' || what === 'skipped') && { reasons: ['30005'] }),
          },
        })),
    },
    { weight: 1, arbitrary: shares.map((share) => ({ share })) },
    ...(ground.segmentIds.length > 0
      ? [{ weight: 1, arbitrary: fc.constantFrom(...ground.segmentIds).map((id) => ({ segment: { id } })) }]
      : []),
  );
}

/** A definition of whatever kind. */
export function definitions(ground: RandomGround, depth = 2): fc.Arbitrary<unknown> {
  if (depth === 0) return leaves(ground);
  return fc.oneof(
    { weight: 2, arbitrary: leaves(ground) },
    { weight: 2, arbitrary: groups(definitions(ground, depth - 1)) },
  );
}

/** A condition whose answer goes along with time: windows that move, days, anniversaries, what is waited for. */
export function temporal(ground: RandomGround): fc.Arbitrary<unknown> {
  const span = fc.constantFrom({ days: 30 }, { days: 1 }, { hours: 1 }, { minutes: 360 }, { days: 100 });
  const moving = fc.oneof(
    span.map((last) => ({ last })),
    span.map((next) => ({ next })),
    fc.constantFrom(1, 2, 7, 30, 100).map((lastDays) => ({ lastDays })),
  );
  const past = fc.oneof(
    span.map((last) => ({ last })),
    fc.constantFrom(1, 2, 7, 30, 100).map((lastDays) => ({ lastDays })),
  );
  const zoned = <Rest extends object>(rest: fc.Arbitrary<Rest>) =>
    fc.tuple(rest, zone).map(([given, where]) => ({ ...given, ...(where !== undefined && { zone: where }) }));
  const dated = zoned(
    fc.oneof(
      moving.map((during) => ({ during })),
      fc
        .constantFrom({ from: 0, to: 0 }, { from: -40, to: 20 }, { from: 100, to: 183 }, { from: -1, to: 1 })
        .map((anniversary) => ({ anniversary })),
    ),
  );
  const measured = fc.oneof(
    past.map((during) => ({ during })),
    fc.tuple(past, numberTests).map(([during, times]) => ({ during, times })),
    past.map((last) => ({ last })),
    past.map((first) => ({ first })),
    dated.map((date) => ({ where: { path: fcPath(date), ...date } })),
    fc.tuple(past, steps(ground, 2)).map(([during, after]) => ({ during, ...after })),
  );
  return fc.oneof(
    fc
      .tuple(fc.constantFrom('born', 'city', 'tags', 'items.at', 'signupDate'), dated)
      .map(([path, date]) => ({ field: { path, ...date } })),
    fc
      .tuple(fc.constantFrom('at', 'city'), dated)
      .map(([path, date]) => ({ field: { path: 'items', hasElement: { path, ...date } } })),
    fc
      .tuple(fc.constantFrom('city', 'tags'), fc.constantFrom('at', 'born', 'city'), dated)
      .map(([path, of, date]) => ({
        field: { path, inCatalog: { catalog: 'Things', where: { path: of, ...date } } },
      })),
    fc
      .tuple(fc.constantFrom('viewed', 'searched'), zoned(measured))
      .map(([name, asked]) => ({ event: { name, ...asked } })),
    zoned(measured).map((purchase) => ({ purchase })),
    zoned(past.map((during) => ({ during }))).map((when) => ({
      list: { ids: [...ground.listIds], ...when },
    })),
    fc
      .tuple(fc.constantFrom(...ground.messageTypeIds), zoned(past.map((during) => ({ during }))))
      .map(([messageTypeId, when]) => ({ subscription: { messageTypeId, status: 'subscribed', ...when } })),
    fc
      .tuple(
        fc.constantFrom('sent', 'read', 'failed', 'clicked', 'replied'),
        zoned(past.map((during) => ({ during }))),
        numberTests,
      )
      .map(([what, when, times]) => ({ message: { what, ...when, times } })),
  );
}

const fcPath = (date: object): string => ('during' in date ? 'born' : 'city');
