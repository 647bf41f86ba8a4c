import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { signatureOf } from '../../http/signature.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';
import { writeAnswers } from '../webhook-calls/answers.sql.ts';

let journeys: JourneyGround;
let company: Server;
let url: string;
interface Called {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
let calls: Called[] = [];
/** What the company's address answers next; the last for ever. */
let answers: { status: number; body: string }[] = [];

before(async () => {
  journeys = await openJourneyGround();
  company = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      calls.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 200, body: '{}' };
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => company.listen(0, '127.0.0.1', resolve));
  const address = company.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
after(async () => {
  await journeys.api.close();
  company.closeAllConnections();
  company.close();
});

/** Each of these journeys is somebody's own. */
const document = (tile: object, more: object = {}, who = 'nobody') => ({
  entry: { on: { event: { name: `asked by ${who}` } }, key: 'order' },
  start: 'call',
  tiles: { call: { kind: 'webhook', next: 'end', failed: 'end', ...tile }, ...more },
});

/** Has somebody enter, and all calls made that are due now. */
async function enters(userId: string, dataFields: object): Promise<void> {
  calls = [];
  await journeys.track(userId, `asked by ${userId}`, dataFields);
  await settles();
}
async function settles(): Promise<void> {
  await journeys.work();
  await journeys.api.context.webhookCalls.idle();
  await journeys.work();
}

test('case 25: an address is called with what came with the entry, signed and with its key; parts of the answer are seen by splits', async () => {
  const { publish, person, wayOf, why, call } = journeys;
  await person('ann', { city: 'Bath' });
  const id = await publish(
    document(
      {
        url: `${url}/people/{{userId}}?order={{order}}`,
        headers: [
          { name: 'Authorization', value: 'Bearer s3cret' },
          { name: 'X-City', value: '{{city}}' },
        ],
        signingSecret: { value: 'shared' },
        body: { order: '{{order}}', lines: ['{{city}} {{firstName}}'], fixed: 5 },
        answer: { as: 'crm', keep: { score: 'result.score', gone: 'nowhere' } },
        next: 'which',
      },
      {
        which: {
          kind: 'split',
          branches: [{ name: 'good', entry: { path: 'crm.score', atLeast: 50 }, next: 'end' }],
          otherwise: 'end',
        },
      },
      'ann',
    ),
  );
  answers = [{ status: 200, body: '{"result":{"score":70},"other":1}' }];
  await enters('ann', { order: 'A/7' });
  const [made, ...more] = calls;
  assert.deepEqual(more, []);
  assert.equal(`${made?.method} ${made?.path}`, 'POST /people/ann?order=A%2F7');
  assert.deepEqual(JSON.parse(made?.body ?? ''), { order: 'A/7', lines: ['Bath ann'], fixed: 5 });
  const { authorization, 'x-city': city, 'x-carillon-signature': signature } = made?.headers ?? {};
  assert.deepEqual(
    [authorization, city, signature],
    ['Bearer s3cret', 'Bath', signatureOf(made?.body ?? '', 'shared')],
  );
  assert.match(String(made?.headers['idempotency-key']), /^\d+-\d+\.call\.\d+$/);
  assert.deepEqual((await wayOf(id, 'ann'))?.slice(-2), ['call:next', 'which:good']);
  const seen = (await why(id, 'ann')).passages[0]?.turns.flatMap(({ steps }) => steps).at(-2)?.seen;
  assert.deepEqual(seen, { status: 200, attempts: 1, kept: { score: 70 } });
  const told = JSON.stringify([
    await call('GET', `/api/journeys/${id}`),
    await call('GET', `/api/journeys/${id}/versions`),
  ]);
  assert.doesNotMatch(told, /s3cret|"shared"/, 'secrets are shown to nobody');
});

test('nobody outside is called for who is held out, who walks through as if it had been', async () => {
  const { publish, person, wayOf, why, track } = journeys;
  const base = document({ url }, {}, 'the half');
  const id = await publish({ ...base, entry: { ...base.entry, holdout: 50 } });
  const people = Array.from({ length: 16 }, (_, index) => `half-${index}`);
  calls = [];
  answers = [{ status: 200, body: '{}' }];
  for (const [index, userId] of people.entries()) {
    await person(userId);
    await track(userId, 'asked by the half', { order: String(index) });
  }
  await settles();
  const heldOut: string[] = [];
  for (const userId of people) {
    assert.equal((await wayOf(id, userId))?.at(-1), 'call:next');
    if ((await why(id, userId)).passages[0]?.isHeldOut) heldOut.push(userId);
  }
  assert.ok(heldOut.length > 0 && heldOut.length < people.length, String(heldOut.length));
  const called = calls.map(({ body }) => JSON.parse(body).userId);
  assert.deepEqual(called.toSorted(), people.filter((each) => !heldOut.includes(each)).toSorted());
});

test('case 24: what fails is tried again as told, with the same key, and then goes by failed; what is refused goes at once', async () => {
  const { publish, person, wayOf, pass, api } = journeys;
  await person('ben');
  const id = await publish(document({ url: `${url}/b`, tries: 2 }, {}, 'ben'));
  answers = [{ status: 503, body: '' }];
  await enters('ben', { order: '1' });
  assert.equal(calls.length, 1);
  await pass(2_000);
  await settles();
  assert.equal(calls.length, 2);
  assert.equal(calls[0]?.headers['idempotency-key'], calls[1]?.headers['idempotency-key']);
  assert.deepEqual(JSON.parse(calls[0]?.body ?? '').data, { order: '1' });
  assert.equal((await wayOf(id, 'ben'))?.at(-1), 'call:failed');
  answers = [{ status: 404, body: '' }];
  await enters('ben', { order: '2' });
  assert.equal(calls.length, 1);
  assert.equal((await wayOf(id, 'ben'))?.at(-1), 'call:failed');
  answers = [
    { status: 500, body: '' },
    { status: 200, body: 'thank you' },
  ];
  await enters('ben', { order: '3' });
  api.clock.advance(2_000);
  await settles();
  assert.equal((await wayOf(id, 'ben'))?.at(-1), 'call:next', 'what is not kept need be no JSON');
});

test('a call that is lost with its process is made once more with the same key', async () => {
  const { publish, person, wayOf, track, work, api } = journeys;
  await person('cem');
  const id = await publish(document({ url: `${url}/c` }, {}, 'cem'));
  answers = [{ status: 200, body: '{}' }];
  const { begin } = api.context.webhookCalls;
  let lost = '';
  api.context.webhookCalls.begin = ([first]) => {
    lost = first?.visit ?? '';
  };
  calls = [];
  await track('cem', 'asked by cem', { order: '1' });
  await work();
  api.context.webhookCalls.begin = begin;
  await settles();
  assert.equal(calls.length, 0);
  // As long as it may take, and a margin.
  api.clock.advance(2 * 10_000 + 15_000);
  await settles();
  assert.deepEqual(
    calls.map(({ headers }) => headers['idempotency-key']),
    [lost],
  );
  assert.equal((await wayOf(id, 'cem'))?.at(-1), 'call:next');
});

test('many who come at once are called for each, and nobody waits for a connection', async () => {
  const { publish, person, track, ground } = journeys;
  const id = await publish(document({ url: `${url}/many` }, {}, 'dot'));
  answers = [{ status: 200, body: '{}' }];
  await person('dot');
  calls = [];
  for (let order = 0; order < 25; order++) await track('dot', 'asked by dot', { order: String(order) });
  await settles();
  await settles();
  const { rows } = await sql<{ left: number }>`
    SELECT count(*)::int AS left FROM journey_run WHERE journey_id = ${id}`.execute(ground.db);
  const mine = calls.filter(({ path }) => path === '/many');
  assert.deepEqual(
    [new Set(mine.map(({ headers }) => headers['idempotency-key'])).size, rows[0]?.left],
    [25, 0],
  );
});

test('what cannot be stored of an answer is told, and takes no other answer with it', async () => {
  const { publish, person, track, wayOf, why, work, api } = journeys;
  await person('eli');
  const id = await publish(
    document({ url: `${url}/odd`, answer: { as: 'crm', keep: { score: 'score' } } }, {}, 'eli'),
  );
  answers = [{ status: 200, body: '\0 {}' }];
  await enters('eli', { order: '1' });
  assert.equal((await wayOf(id, 'eli'))?.at(-1), 'call:failed');
  const seen = (await why(id, 'eli')).passages[0]?.turns.flatMap(({ steps }) => steps).at(-1)?.seen;
  assert.match(String(seen?.fault), /answered what is no JSON/);
  answers = [{ status: 200, body: '{"score":1}' }];
  const { begin } = api.context.webhookCalls;
  const together: Parameters<typeof begin>[0][number][] = [];
  api.context.webhookCalls.begin = (made) => void together.push(...made);
  for (const order of ['2', '3', '4']) await track('eli', 'asked by eli', { order });
  await work();
  api.context.webhookCalls.begin = begin;
  // The first is being written while the other two come in, which are written together.
  const { call } = api.context.feeds;
  api.context.feeds.call = async () => ({ status: 200, text: '{"score":1}' });
  begin(together.map((each, index) => (index === 1 ? { ...each, read: () => unstorable } : each)));
  await settles();
  api.context.feeds.call = call;
  const left = async () =>
    (await why(id, 'eli')).passages.filter(({ leftAt }) => leftAt === null).map(({ key }) => key);
  assert.deepEqual(await left(), ['3']);
  api.clock.advance(10 * 60_000);
  await settles();
  assert.deepEqual(await left(), [], 'it is called again when its lease is over');
});
const unstorable = { memory: { answer: { text: '\0' } }, afterMs: 0 };

test('that an earlier try failed says nothing of the one under way; that it was answered does', async () => {
  const { publish, person, track, work, wayOf, ground, api } = journeys;
  await person('flo');
  const id = await publish(document({ url: `${url}/twice` }, {}, 'flo'));
  const { begin } = api.context.webhookCalls;
  const begun: Parameters<typeof begin>[0][number][] = [];
  api.context.webhookCalls.begin = (made) => void begun.push(...made);
  await track('flo', 'asked by flo', { order: '1' });
  await work();
  api.clock.advance(10 * 60_000);
  await work();
  api.context.webhookCalls.begin = begin;
  const [first, second] = begun;
  assert.ok(first && second && first.visit === second.visit);
  const { lane, runId, visit } = first;
  const comes = (attempt: number, memory: object) =>
    writeAnswers(ground.db, lane, [
      { ...{ runId, visit, attempt, wakeAt: api.clock.now() }, memory: { ...memory } },
    ]);
  calls = [];
  await comes(1, { fault: 'answered HTTP 500', attempts: 1, until: 0 });
  await settles();
  assert.equal(calls.length, 0, 'no third call while the second is under way');
  await comes(1, { answer: {}, status: 200, attempts: 1 });
  await work();
  assert.equal((await wayOf(id, 'flo'))?.at(-1), 'call:next');
});

test('who finds no room is called when there is some, and nothing is told of their waiting', async () => {
  const { publish, person, track, work, why, wayOf, api } = journeys;
  await person('gil');
  const id = await publish(document({ url: `${url}/full` }, {}, 'gil'));
  answers = [{ status: 200, body: '{}' }];
  const { room } = api.context.webhookCalls;
  api.context.webhookCalls.room = () => 0;
  calls = [];
  await track('gil', 'asked by gil', { order: '1' });
  await work();
  for (let times = 0; times < 3; times++) {
    api.clock.advance(2_000);
    await settles();
  }
  api.context.webhookCalls.room = room;
  assert.equal(calls.length, 0);
  assert.deepEqual((await why(id, 'gil')).passages[0]?.turns, []);
  api.clock.advance(2_000);
  await settles();
  assert.deepEqual([calls.length, (await wayOf(id, 'gil'))?.at(-1)], [1, 'call:next']);
});

test('a call that waits for its turn is not made any more when the journey is held, or its person gone', async () => {
  const { publish, person, track, work, wayOf, call, api } = journeys;
  const { begin } = api.context.webhookCalls;
  const begun: Parameters<typeof begin>[0][number][] = [];
  const waits = async (userId: string) => {
    await person(userId);
    const id = await publish(document({ url: `${url}/turn` }, {}, userId));
    api.context.webhookCalls.begin = (made) => void begun.push(...made);
    await track(userId, `asked by ${userId}`, { order: '1' });
    await work();
    api.context.webhookCalls.begin = begin;
    return id;
  };
  answers = [{ status: 200, body: '{}' }];
  calls = [];
  const id = await waits('ivy');
  await waits('jon');
  await call('POST', `/api/journeys/${id}/pause`);
  await call('DELETE', '/api/users/byUserId/jon');
  begin(begun);
  await settles();
  assert.equal(calls.length, 0);
  await call('POST', `/api/journeys/${id}/resume`);
  await settles();
  assert.deepEqual([calls.length, await wayOf(id, 'ivy').then((way) => way?.at(-1))], [1, 'call:next']);
});

test('who waits for an answer where another kind of tile is published meets what that tile does', async () => {
  const { publish, person, track, work, wayOf, call, api, templateId } = journeys;
  await person('hew');
  const id = await publish(document({ url: `${url}/old` }, {}, 'hew'));
  const { begin } = api.context.webhookCalls;
  api.context.webhookCalls.begin = () => undefined;
  await track('hew', 'asked by hew', { order: '1' });
  await work();
  api.context.webhookCalls.begin = begin;
  const texts = {
    ...document({}, {}, 'hew'),
    tiles: { call: { kind: 'send', templateId, waits: false, next: 'end' } },
  };
  await call('PATCH', `/api/journeys/${id}`, { document: texts });
  await call('POST', `/api/journeys/${id}/publish`, {});
  api.clock.advance(10 * 60_000);
  await settles();
  assert.equal((await wayOf(id, 'hew'))?.at(-1), 'call:next');
  const { rows } = await sql`
    SELECT 1 FROM message m JOIN users u ON u.lane = m.lane AND u.id = m.user_id WHERE u.external_id = 'hew'`.execute(
    journeys.ground.db,
  );
  assert.equal(rows.length, 1);
});

test('what is secret is sealed before there is an address for it', async () => {
  const { call } = journeys;
  const headers = [{ name: 'Authorization', value: 'Bearer s3cret' }];
  const tiles = { call: { kind: 'webhook', headers, signingSecret: { value: 's3cret' } } };
  const made = await call<{ id: number }>('POST', '/api/journeys', { name: 'Half', document: { tiles } });
  const told = JSON.stringify(await call('GET', `/api/journeys/${made.id}`));
  assert.doesNotMatch(told, /s3cret/);
  assert.match(told, /"sealed"/);
});

test('case 24: secrets go to the host they were given for, calls to the public Internet only, and each fault is told', async () => {
  const { call, api, faultsOf } = journeys;
  const headers = [{ name: 'Authorization', value: 'Bearer s3cret' }];
  const made = await call<{ id: number; draft: { tiles: { call: object } } }>('POST', '/api/journeys', {
    name: 'Secret',
    document: document({ url: `${url}/x`, headers }),
  });
  const { tiles } = made.draft;
  const moved = { ...document({}), tiles: { call: { ...tiles.call, url: 'https://evil.example/' } } };
  const refused = await api.call('PATCH', `/api/journeys/${made.id}`, { document: moved });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /headers\.0 was given for another host than this address leads to/);
  await call('PATCH', `/api/journeys/${made.id}`, {
    document: { ...document({}), tiles: { call: { ...tiles.call, url: `${url}/y` } } },
  });
  const wrong = async (tile: object) => (await faultsOf(document(tile)))[0];
  assert.match((await wrong({ url: 'http://10.0.0.1/' })) ?? '', /call\.url .*public Internet/);
  assert.match((await wrong({ url: 'https://{{host}}/' })) ?? '', /call\.url holds a field before its path/);
  assert.match((await wrong({ url, method: 'GET', body: {} })) ?? '', /body cannot be sent by GET/);
  assert.match((await wrong({ url, headers: [{ name: 'X-A' }] })) ?? '', /headers\.0 has no value/);
  assert.match((await wrong({ url, body: { a: ['{{#if}}'] } })) ?? '', /call\.body\.a\.0/);
});
