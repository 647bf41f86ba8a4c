import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { audienceRoutes } from '../audiences/routes.ts';
import { consentRoutes } from '../consent/routes.ts';
import { eventRoutes } from '../events/routes.ts';
import { segmentKinds } from '../program/segment-leaves.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutes } from '../users/routes.ts';
import { between } from './estimate.ts';
import { openCounts } from './preview.ts';
import { readDefinition } from './read-definition.ts';
import { segmentsRoutes } from './routes.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([
    ...[userRoutes, eventRoutes, consentRoutes, segmentsRoutes],
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
});
after(() => api.close());

/** Calls and expects a 200. */
async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const { status, body: answer, text } = await api.call(method, path, body);
  assert.equal(status, 200, text);
  return answer as Answer;
}

/** The words of a refusal. */
async function refusal(method: string, path: string, body?: unknown): Promise<string> {
  const { status, body: answer, text } = await api.call(method, path, body);
  assert.ok(status >= 400 && status < 500, text);
  return (answer as { msg: string }).msg;
}

interface Segment {
  id: number;
  definition: unknown;
  sentence: string;
  remarks: { place: string; words: string }[];
}

const make = (name: string, definition: unknown) =>
  call<Segment>('POST', '/api/segments', { name, definition });
const emailsOf = async (id: number, query = '') => {
  const { members } = await call<{ members: { email: string }[] }>(
    'GET',
    `/api/segments/${id}/members${query}`,
  );
  return members.map(({ email }) => email).toSorted();
};

async function people(prefix: string, profiles: readonly Record<string, unknown>[]): Promise<string[]> {
  const users = profiles.map((dataFields, index) => ({ email: `${prefix}${index}@example.com`, dataFields }));
  await call('POST', '/api/users/bulkUpdate', { users });
  return users.map(({ email }) => email);
}

test('a segment is made, told in one sentence, listed, changed and deleted', async () => {
  const [paris] = await people('made', [{ town: 'Paris' }, { town: 'Rome' }]);
  const made = await make('Parisians', { all: [{ field: { path: 'town', is: 'Paris' } }] });
  assert.equal(made.sentence, 'Everybody of whom this is true: their town is “Paris”.');
  assert.deepEqual(await emailsOf(made.id), [paris]);
  const { segments } = await call<{ segments: Segment[] }>('GET', '/api/segments');
  assert.deepEqual(
    segments.map(({ id, sentence }) => [id, sentence]),
    [[made.id, made.sentence]],
  );
  const changed = await call<Segment>('PATCH', `/api/segments/${made.id}`, {
    definition: { field: { path: 'town', isNot: 'Paris' } },
  });
  assert.equal(changed.sentence, 'Everybody of whom this is true: their town is not “Paris”, or is missing.');
  assert.deepEqual((await call<Segment>('GET', `/api/segments/${made.id}`)).definition, changed.definition);
  await call('DELETE', `/api/segments/${made.id}`);
  assert.match(await refusal('GET', `/api/segments/${made.id}`), /No segment/);
});

test('a zone that is left out is filled in with the project’s, and sentences say boundaries and zones', async () => {
  const sentences = async (definition: unknown) =>
    (await call<{ sentence: string }>('POST', '/api/segments/preview', { definition })).sentence.replace(
      'Everybody of whom this is true: ',
      '',
    );
  const { definition } = await make('Zoned', { event: { name: 'x', during: { lastDays: 7 } } });
  const { timeZone } = await api.context.db
    .selectFrom('project')
    .select('time_zone as timeZone')
    .where('id', '=', api.projectId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(definition, { event: { name: 'x', during: { lastDays: 7 }, zone: timeZone } });
  assert.equal(
    await sentences({
      event: {
        name: 'viewed',
        where: { path: 'price', atLeast: 10 },
        times: { atLeast: 2 },
        during: { last: { days: 30 } },
      },
    }),
    'they have done “viewed” at least 2 times where price is at least 10 in the last 30 days (30 × 24 hours).',
  );
  assert.equal(
    await sentences({
      any: [
        { event: { name: 'viewed', times: { is: 0 }, during: { lastDays: 2 }, zone: 'Europe/Paris' } },
        { purchase: { times: { lessThan: 3 } } },
      ],
    }),
    'they have not done “viewed” today or on the day before (in Europe/Paris) or they have bought less than 3 times (or never).',
  );
  assert.equal(
    await sentences({
      none: [{ field: { path: 'born', anniversary: { from: 0, to: 7 }, zone: { person: 'Europe/Paris' } } }],
    }),
    'not (their born has its anniversary between today and in 7 days; 29 February counts as the 28th where the year has none (in the person’s own time zone, or in Europe/Paris where that is not known for sure)).',
  );
});

test('what is wrong with a definition is told by its place, and nothing is kept', async () => {
  const wrong = async (definition: unknown) =>
    refusal('POST', '/api/segments', { name: 'Wrong', definition });
  assert.match(
    await wrong({ all: [{ feild: {} }] }),
    /^definition\.all\.0 must be one of all, any, none, field, .* and not feild$/,
  );
  assert.match(await wrong({ all: [] }), /^definition\.all must be an array with at least one condition/);
  assert.match(
    await wrong({ field: { path: 'a', is: 1, contains: 'x' } }),
    /^definition\.field has is and contains; leave all but one out/,
  );
  assert.match(await wrong({ field: { path: 'a', iss: 1 } }), /definition\.field\.iss is unknown/);
  assert.match(
    await wrong({ field: { path: 'a', is: 1, zone: 'UTC' } }),
    /^definition\.field\.zone says nothing beside is/,
  );
  assert.match(
    await wrong({ field: { path: 'a', before: '2026-02-30' } }),
    /before 2026-02-30 is neither a day/,
  );
  assert.match(
    await wrong({ field: { path: 'a', on: '2026-11-23', zone: 'Paris' } }),
    /zone names no time zone: Paris/,
  );
  assert.match(
    await wrong({ event: { name: 'x', during: { last: { days: 1, hours: 1 } } } }),
    /during\.last must have exactly one of/,
  );
  assert.match(await wrong({ event: { name: 'x', notFollowedBy: { purchase: true } } }), /must say within/);
  assert.match(
    await wrong({ list: { ids: [999] } }),
    /^definition\.list names list 999, which this project does not have/,
  );
  assert.match(await wrong({ segment: { id: 999 } }), /names segment 999, which is not there/);
  assert.match(await wrong({ field: { path: 'a', is: 'x\u0000' } }), /definition\.field\.is holds a NUL/);
  assert.match(await wrong([]), /^definition must be an object/);
  assert.match(
    await wrong({ field: { path: 'a', on: '2026-11-23', zone: '+02:00' } }),
    /zone names no time zone: \+02:00/,
  );
  assert.match(await wrong({ field: { path: 'a', before: '9999-12-31' } }), /of the years 1000 to 9998/);
  assert.match(
    await wrong({ event: { name: 'x', sum: { of: 'a..b', is: 1 } } }),
    /^definition\.event\.sum\.of has a name with nothing in it/,
  );
  assert.match(
    await wrong({
      event: { name: 'x', notFollowedBy: { event: 'y', within: { days: 1 }, followedBy: { event: 'z' } } },
    }),
    /^definition\.event\.notFollowedBy says what came after what did not come/,
  );
  assert.match(
    await wrong({ message: { what: 'sent', campaignIds: [999] } }),
    /^definition\.message names campaign 999, which this project does not have/,
  );
  assert.match(
    await wrong({ message: { what: 'replied', templateIds: [999] } }),
    /names template 999, which this project does not have/,
  );
  const many = (condition: unknown) => ({ any: Array.from({ length: 501 }, () => condition) });
  assert.match(await wrong(many({ field: { path: 'a', is: 1 } })), /is beyond 500 conditions/);
  assert.match(
    await wrong({ field: { path: 'a', hasElement: many({ path: 'a', is: 1 }) } }),
    /^definition\.field\.hasElement\.any\.\d+ is beyond 500 conditions/,
  );
  const { segments } = await call<{ segments: { name: string }[] }>('GET', '/api/segments');
  assert.ok(!segments.some(({ name }) => name === 'Wrong'));
});

test('a pattern that could keep the database busy is refused, and what is known of patterns works', async () => {
  const wrong = async (matches: string) =>
    refusal('POST', '/api/segments/preview', { definition: { field: { path: 'a', matches } } });
  assert.match(await wrong('(a+)\\1'), /has \\1/);
  assert.match(await wrong('a(?=b)'), /which is not known here/);
  assert.match(await wrong('(a{1,50}){1,50}'), /more than 500 characters with its repetitions/);
  assert.match(await wrong('a**'), /repeats a repetition/);
  assert.match(await wrong('[b-a]'), /whose end is before its beginning/);
  assert.match(await wrong('(a'), /nothing closes/);
  const evil = await make('Evil', { field: { path: 'long', matches: '^(a|aa)+$' } });
  const [ends] = await people('evil', [{ long: 'a'.repeat(50_000) }, { long: `${'a'.repeat(50_000)}!` }]);
  assert.deepEqual(await emailsOf(evil.id), [ends]);
});

test('a segment may name another, and none comes back to itself', async () => {
  const one = await make('One', { field: { path: 'town', is: 'Oslo' } });
  const two = await make('Two', { none: [{ segment: { id: one.id } }] });
  assert.match(two.sentence, /not \(they are of the segment “One”\)/);
  assert.match(
    await refusal('PATCH', `/api/segments/${one.id}`, { definition: { segment: { id: two.id } } }),
    /defined by itself/,
  );
  assert.match(
    await refusal('PATCH', `/api/segments/${one.id}`, { definition: { segment: { id: one.id } } }),
    /defined by itself/,
  );
  assert.match(await refusal('DELETE', `/api/segments/${one.id}`), /needed by segment \d+ \(Two\)/);
  await call('DELETE', `/api/segments/${two.id}`);
  await call('DELETE', `/api/segments/${one.id}`);
});

test('elements within elements are asked as deep as JSON is nested, in a statement that grows no faster', async () => {
  const nest = (depth: number, innermost: unknown): unknown =>
    depth === 0 ? innermost : { in: [nest(depth - 1, innermost)] };
  const [email] = await people(
    'nested',
    [nest(20, { is: 'here' }) as object, { in: [{ in: 'other' }] }].map((one) => ({ ...one })),
  );
  let condition: Record<string, unknown> = { path: 'is', is: 'here' };
  for (let depth = 0; depth < 20; depth++) condition = { path: 'in', hasElement: condition };
  const { id } = await make('Deep', { field: condition });
  assert.deepEqual(await emailsOf(id), [email]);
  for (let depth = 0; depth < 24; depth++) condition = { path: 'in', hasElement: condition };
  const { status } = await api.call('POST', '/api/segments/preview', { definition: { field: condition } });
  assert.equal(status, 200);
});

test('segments within one another, each of many groups within groups, are counted as soon as others', async () => {
  const kinds = ['none', 'all', 'any'] as const;
  let definition: unknown = { field: { path: 'town', is: 'Nowhere' } };
  for (let segment = 0; segment < 10; segment++) {
    for (let level = 0; level < 45; level++)
      definition = {
        [kinds[level % 3]!]: [definition, ...(level % 4 ? [] : [{ field: { path: 'z', is: level } }])],
      };
    definition = { segment: { id: (await make(`Nested ${segment}`, definition)).id } };
  }
  const { count } = await call<{ count: number }>('POST', '/api/segments/preview', { definition });
  assert.equal(typeof count, 'number');
});

test('a segment is not changed so that one that names it would come to more than a definition may', async () => {
  const any = (count: number) => ({
    any: Array.from({ length: count }, (_, index) => ({ field: { path: 'a', is: index } })),
  });
  const parts: number[] = [];
  for (let index = 0; index < 10; index++) parts.push((await make(`Part ${index}`, any(480))).id);
  const naming = (ids: readonly number[]) => ({ any: ids.map((id) => ({ segment: { id } })) });
  const whole = await make('Whole', naming(parts));
  const small = await make('Small', any(400));
  const inner = await make('Inner', naming([small.id]));
  await call('PATCH', `/api/segments/${parts[0]}`, { definition: any(490) });
  assert.match(
    await refusal('PATCH', `/api/segments/${parts[0]}`, {
      definition: { any: [any(400), { segment: { id: inner.id } }] },
    }),
    new RegExp(`^Segment ${whole.id} \\(Whole\\) names this one, and by it .* more than 5,000 conditions`),
  );
  let last = small.id;
  for (let depth = 2; depth <= 20; depth++) last = (await make(`Deep ${depth}`, naming([last]))).id;
  assert.match(
    await refusal('POST', '/api/segments', { name: 'Deeper', definition: naming([last]) }),
    /names segment \d+, the 21st within one another/,
  );
  assert.match(
    await refusal('PATCH', `/api/segments/${small.id}`, { definition: naming([parts[1]!]) }),
    /\(Deep 20\) names this one/,
  );
  await call('GET', '/api/segments');
});

test('texts are alike but for case in whatever alphabet, and sign by sign unless that is wished', async () => {
  const towns = [
    'İstanbul',
    'istanbul',
    'ISTANBUL',
    'straße',
    'STRASSE',
    'ΟΔΟΣ',
    'οδός',
    'caf\u00e9',
    'cafe\u0301',
    '東京',
  ];
  const emails = await people(
    'case',
    towns.map((writtenAs) => ({ writtenAs })),
  );
  const found = async (comparison: object) => {
    const { id } = await make('Case', { field: { path: 'writtenAs', ...comparison } });
    const members = await emailsOf(id);
    await call('DELETE', `/api/segments/${id}`);
    return towns.filter((_, index) => members.includes(emails[index]!));
  };
  const ignoringCase = true;
  assert.deepEqual(await found({ is: 'istanbul' }), ['istanbul']);
  assert.deepEqual(await found({ is: 'Istanbul', ignoringCase }), ['İstanbul', 'istanbul', 'ISTANBUL']);
  assert.deepEqual(await found({ isAnyOf: ['Strasse'], ignoringCase }), ['straße', 'STRASSE']);
  assert.deepEqual(await found({ contains: 'δος', ignoringCase }), ['ΟΔΟΣ']);
  assert.deepEqual(await found({ contains: 'ΟΔΟ', ignoringCase }), ['ΟΔΟΣ']);
  assert.deepEqual(await found({ startsWith: 'CAFÉ', ignoringCase }), ['caf\u00e9', 'cafe\u0301']);
  assert.deepEqual(await found({ endsWith: '\u00e9' }), ['caf\u00e9']);
  assert.deepEqual(await found({ matches: '^..$' }), ['東京']);
});

test('two segments that are made to name each other at one moment do not both come to it', async () => {
  const [one, two] = [
    await make('A', { share: { salt: 'a', from: 0, to: 1 } }),
    await make('B', { share: { salt: 'a', from: 0, to: 1 } }),
  ];
  const answers = await Promise.all([
    api.call('PATCH', `/api/segments/${one.id}`, { definition: { segment: { id: two.id } } }),
    api.call('PATCH', `/api/segments/${two.id}`, { definition: { segment: { id: one.id } } }),
  ]);
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400]);
});

test('a list that a segment names is not deleted, and a segment’s people become a list that stays', async () => {
  const [first, second] = await people('listed', [{ town: 'Bergen' }, { town: 'Bergen' }]);
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Guests' });
  await call('POST', '/api/lists/subscribe', { listId, subscribers: [{ email: first }] });
  const guests = await make('Guests of Bergen', {
    all: [{ list: { ids: [listId] } }, { field: { path: 'town', is: 'Bergen' } }],
  });
  assert.match(guests.sentence, /they are on list “Guests” and their town is “Bergen”/);
  assert.deepEqual(await emailsOf(guests.id), [first]);
  assert.match(await refusal('DELETE', `/api/lists/${listId}`), /needed by segment \d+ \(Guests of Bergen\)/);
  const bergen = await make('Bergen', { field: { path: 'town', is: 'Bergen' } });
  const kept = await call<{ listId: number; size: number }>('POST', `/api/segments/${bergen.id}/list`, {
    name: 'Bergen, November',
  });
  assert.equal(kept.size, 2);
  await call('POST', '/api/users/update', { email: second, dataFields: { town: 'Voss' } });
  assert.deepEqual(await emailsOf(bergen.id), [first]);
  const { text } = await api.call('GET', `/api/lists/getUsers?listId=${kept.listId}`);
  assert.deepEqual(text.trim().split('\n').toSorted(), [first, second]);
});

test('a preview counts all, each condition alone, and who may be written to where; it keeps nothing', async () => {
  await people('count', [
    { age: 30, town: 'Turku' },
    { age: 40, town: 'Turku' },
    { age: 50, town: 'Turku' },
  ]);
  const { channels } = await call<{ channels: { id: number; name: string }[] }>('GET', '/api/channels');
  const email = channels.find(({ name }) => name === 'Email Marketing');
  const { messageTypes } = await call<{ messageTypes: { id: number; channelId: number }[] }>(
    'GET',
    '/api/messageTypes',
  );
  const messageTypeId = messageTypes.find(({ channelId }) => channelId === email?.id)?.id;
  await call('POST', '/api/consent', {
    consents: [
      { email: 'count1@example.com', messageTypeId, method: 'webForm', source: 'https://example.com/join' },
    ],
  });
  const preview = await call<{
    count: number;
    isCounted: boolean;
    countBetween: unknown;
    conditions: { place: string; count: number }[];
    reach: { name: string; reachable: number; others: Record<string, number> }[];
    remarks: { place: string; words: string }[];
  }>('POST', '/api/segments/preview', {
    definition: {
      all: [
        { field: { path: 'town', is: 'Turku' } },
        { field: { path: 'age', atLeast: 40 } },
        { none: [{ field: { path: 'agee', exists: true } }] },
      ],
    },
  });
  assert.deepEqual(
    [preview.count, preview.isCounted, preview.countBetween],
    [2, true, { from: 2, to: 2, surety: 1 }],
  );
  assert.deepEqual(
    preview.conditions.map(({ place, count }) => [place, count]),
    [
      ['definition.all.0.field', 3],
      ['definition.all.1.field', 2],
      ['definition.all.2.none.0.field', 0],
    ],
  );
  const reach = new Map(preview.reach.map(({ name, ...rest }) => [name, rest]));
  assert.deepEqual(
    [reach.get('Email Marketing')?.reachable, reach.get('Email Marketing')?.others],
    [1, { noOptIn: 1 }],
  );
  assert.deepEqual(reach.get('SMS Marketing')?.others, { noAddress: 2 });
  assert.match(
    preview.remarks.map(({ words }) => words).join(),
    /No value of agee was ever seen in the profile/,
  );
});

test('of many people the first count comes with an interval, and becomes exact while one asks', async () => {
  const other = await startTestApi([userRoutes]);
  try {
    const users = Array.from({ length: 2_000 }, (_, index) => ({
      email: `many${index}@example.com`,
      dataFields: { number: index },
    }));
    await other.call('POST', '/api/users/bulkUpdate', { users });
    const definition = readDefinition(
      { kinds: segmentKinds, timeZone: 'UTC', segments: new Map() },
      { field: { path: 'number', lessThan: 700 } },
    );
    const ask = openCounts(other.context, 200);
    const first = await ask(other.projectId, definition);
    assert.equal(first.isCounted, false);
    assert.ok(first.judged >= 200 && first.judged < 2_000);
    assert.ok(first.countBetween.from <= first.count && first.count <= first.countBetween.to);
    let last = first;
    while (!last.isCounted) {
      other.clock.advance(1_000);
      await setImmediate();
      last = await ask(other.projectId, definition);
      assert.ok(last.judged >= first.judged);
    }
    assert.deepEqual(
      [last.count, last.people, last.each, last.countBetween],
      [
        ...[700, 2_000, [{ count: 700, countBetween: { from: 700, to: 700, surety: 1 } }]],
        { from: 700, to: 700, surety: 1 },
      ],
    );
  } finally {
    await other.close();
  }
});

test('the interval of a count holds the true number in about 95 of 100 cases', () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (const truth of [0, 3, 40, 2_000]) {
    let held = 0;
    for (let run = 0; run < 1_000; run++) {
      let found = 0;
      for (let each = 0; each < truth; each++) if (random() < 1 / 16) found++;
      const { from, to } = between(found, 1 / 16);
      if (from <= truth && truth <= to) held++;
    }
    assert.ok(held >= 930, `${truth}: ${held}`);
  }
});

test('why somebody is of a segment, or not, is told condition by condition with what was looked at', async () => {
  const [email] = await people('why', [{ town: 'Kotka', tags: ['a', 'b'] }]);
  await call('POST', '/api/events/track', {
    email,
    eventName: 'viewed',
    createdAt: Date.UTC(2026, 10, 20) / 1_000,
  });
  const { id } = await make('Why', {
    all: [
      { field: { path: 'town', is: 'Kotka' } },
      { event: { name: 'viewed', times: { atLeast: 2 } } },
      { field: { path: 'tags', is: 'b' } },
    ],
  });
  const why = await call<{
    isMember: boolean;
    conditions: { place: string; holds: boolean; value: unknown }[];
  }>('GET', `/api/segments/${id}/why?email=${email}`);
  assert.equal(why.isMember, false);
  assert.deepEqual(
    why.conditions.map(({ holds }) => holds),
    [true, false, true],
  );
  const [town, viewed, tags] = why.conditions.map(({ value }) => value);
  assert.deepEqual([town, tags], ['Kotka', ['a', 'b']]);
  assert.equal((viewed as { times: number }).times, 1);
  await call('POST', '/api/events/track', { email, eventName: 'viewed' });
  assert.equal(
    (await call<{ isMember: boolean }>('GET', `/api/segments/${id}/why?email=${email}`)).isMember,
    true,
  );
  const naming = await make('Not why', { none: [{ segment: { id } }] });
  const within = await call<typeof why>('GET', `/api/segments/${naming.id}/why?email=${email}`);
  assert.deepEqual(
    within.conditions.map(({ place, holds }) => [place, holds]),
    [
      ['definition.none.0.segment', true],
      ['definition.none.0.segment.all.0.field', true],
      ['definition.none.0.segment.all.1.event', true],
      ['definition.none.0.segment.all.2.field', true],
    ],
  );
  assert.match(await refusal('GET', `/api/segments/${id}/why?email=nobody@example.com`), /No user/);
});

test('members come page by page, each once, and another project’s people and segments are not there', async () => {
  const emails = await people(
    'page',
    Array.from({ length: 25 }, () => ({ town: 'Vaasa' })),
  );
  const { id } = await make('Vaasa', { field: { path: 'town', is: 'Vaasa' } });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await call<{ members: { email: string }[]; nextAfter?: string }>(
      'GET',
      `/api/segments/${id}/members?limit=10${after ? `&after=${after}` : ''}`,
    );
    assert.ok(page.members.length <= 10);
    seen.push(...page.members.map(({ email }) => email));
    after = page.nextAfter;
  } while (after !== undefined);
  assert.deepEqual(seen.toSorted(), emails.toSorted());
  assert.match(
    await refusal('GET', `/api/segments/${id}/members?after=99.1`),
    /nextAfter of the page before/,
  );
});

test('a segment goes as a file from project to project, by the names of what it refers to; two definitions are compared', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Filed' });
  const { id } = await make('Filed', {
    all: [{ list: { ids: [listId] } }, { field: { path: 'town', is: 'Kemi' } }],
  });
  const file = await call<{ definition: unknown; names: Record<string, string>; sentence: string }>(
    'GET',
    `/api/segments/${id}/file`,
  );
  assert.deepEqual(file.names, { [`list:${listId}`]: 'Filed' });
  assert.match(file.sentence, /they are on list “Filed” and their town is “Kemi”/);
  const elsewhere = { ...file, definition: { list: { ids: [4_711] } }, names: { 'list:4711': 'Filed' } };
  const imported = await call<Segment>('POST', '/api/segments/import', elsewhere);
  assert.deepEqual(imported.definition, { list: { ids: [listId] } });
  const unknown = { ...elsewhere, names: { 'list:4711': 'Nowhere' } };
  assert.match(
    await refusal('POST', '/api/segments/import', unknown),
    /definition\.list\.ids means the list “Nowhere”, which is not here/,
  );
  const { listId: other } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Filed' });
  assert.match(
    await refusal('POST', '/api/segments/import', elsewhere),
    new RegExp(`of which there are 2 here; .*: “Filed \\(${listId}\\)”, “Filed \\(${other}\\)”`),
  );
  // Of several of one name the file says which.
  const { names } = await call<typeof file>('GET', `/api/segments/${id}/file`);
  assert.deepEqual(names, { [`list:${listId}`]: `Filed (${listId})` });
  const which = { ...elsewhere, names: { 'list:4711': `Filed (${other})` } };
  assert.deepEqual((await call<Segment>('POST', '/api/segments/import', which)).definition, {
    list: { ids: [other] },
  });
  const numbered = { ...file, definition: { message: { what: 'sent', campaignIds: [1] } } };
  assert.match(
    await refusal('POST', '/api/segments/import', numbered),
    /campaignIds has campaign 1, which names does not tell; add "campaign:1" to it/,
  );
  const { changes } = await call<{ changes: unknown[] }>('POST', '/api/segments/diff', {
    before: { all: [{ field: { path: 'a', is: 1 } }, { field: { path: 'b', atLeast: 2 } }] },
    after: {
      all: [
        { field: { path: 'a', is: 1 } },
        { field: { path: 'b', atLeast: 3 } },
        { share: { salt: 'x', from: 0, to: 1 } },
      ],
    },
  });
  assert.deepEqual(changes, [
    { place: 'definition.all.1.field.atLeast', before: 2, after: 3 },
    { place: 'definition.all.2', after: { share: { salt: 'x', from: 0, to: 1 } } },
  ]);
});

test('the schema of definitions is published, with every kind of condition in it', async () => {
  const schema = await call<{ $defs: Record<string, unknown> }>('GET', '/api/segments/schema');
  const text = JSON.stringify(schema);
  for (const { name } of segmentKinds) assert.ok(text.includes(`"required":["${name}"]`), name);
  assert.ok(text.includes('"#/$defs/conditions"'));
});
