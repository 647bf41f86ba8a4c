import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { audienceRoutes } from '../../audiences/routes.ts';
import { addSender, groundOf } from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { targetRoutes } from '../../campaigns/target/target-routes.ts';
import { consentRoutes } from '../../consent/routes.ts';
import { loadPlan } from '../../delivery/admission/admission-plan.ts';
import { admitNextPage } from '../../delivery/admission/admit-lane.ts';
import { memoisedTiming } from '../../delivery/admission/lawful-timing.ts';
import { previewRoutes } from '../../delivery/preview/preview-routes.ts';
import { sendTest } from '../../delivery/send-test.ts';
import { lanes } from '../../lanes/lanes.ts';
import { createGuard } from '../../outbound/guard.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { makeCampaign } from '../../testing/audience.ts';
import { userRoutes } from '../../users/routes.ts';
import { templateRoutes } from '../templates/template-routes.ts';
import { type DataFeed, findFeed } from './data-feeds.sql.ts';
import { openFeeds, peopleAtOnce } from './feed-reader.ts';
import { feedRoutes } from './feed-routes.ts';

let api: TestApi;
let server: Server;
let base: string;
/** What the shop's server does with a call. */
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let calls: string[] = [];
let atOnce = 0;
let mostAtOnce = 0;

before(async () => {
  api = await startTestApi([
    ...[userRoutes, consentRoutes, audienceRoutes({ enqueue: async () => undefined })],
    ...[templateRoutes(sendTest), campaignRoutes, targetRoutes, previewRoutes, feedRoutes],
  ]);
  await addSender(groundOf(api));
  server = createServer((request, response) => {
    calls.push(request.url ?? '');
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    response.on('close', () => atOnce--);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  calls = [];
  mostAtOnce = 0;
  answer = (_, response) => json(response, {});
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});

const json = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

async function called<T>(method: string, path: string, body?: unknown): Promise<T> {
  const got = await api.call(method, path, body);
  assert.ok(got.status < 300, got.text);
  return got.body as T;
}

let feeds = 0;
const newFeed = async (path: string, more: object = {}): Promise<number> =>
  (
    await called<{ id: number }>('POST', '/api/dataFeeds', {
      name: `Feed ${++feeds}`,
      url: base + path,
      ...more,
    })
  ).id;

interface Look {
  ok: boolean;
  fault: string | null;
  data: Record<string, unknown> | null;
  bytes: number;
}
const look = (id: number, dataFields = {}) =>
  called<Look>('POST', `/api/dataFeeds/${id}/fetch`, { dataFields });

/** A blast whose text is asked of feeds. */
async function newBlast(
  tag: string,
  count: number,
  message: string,
  dataFeedIds: number[],
  more: object = {},
) {
  const blast = await makeCampaign({ call: called }, { tag, channel: 'SMS Marketing', count });
  await called('POST', '/api/templates/sms/update', {
    ...{ templateId: blast.templateId, message, dataFeedIds, ...more },
  });
  return blast;
}

/** Admits all of a campaign as the worker would, coming again while feeds are asked; tells how often it had to. */
async function admitted(campaignId: number) {
  const { db } = api.database;
  await called('POST', `/api/campaigns/${campaignId}/send`);
  const { rows } = await sql<{ id: number }>`
    UPDATE send_request SET state = 'admitting'
    WHERE id = (SELECT max(id) FROM send_request WHERE campaign_id = ${campaignId}) RETURNING id`.execute(db);
  const plan = await loadPlan(db, rows[0]?.id ?? 0, api.context);
  assert.ok(plan);
  const timing = memoisedTiming();
  let waited = 0;
  const open = new Set(lanes);
  while (open.size > 0) {
    for (const lane of open) {
      const { done, waits } = await admitNextPage(db, api.context, plan, lane, timing);
      if (waits) waited++;
      if (done) open.delete(lane);
    }
    await pause(5);
  }
  const messages = await sql<{ body: string | null; reason: string | null; detail: string | null }>`
    SELECT content ->> 'body' AS body, skip_reason AS reason, error_detail AS detail
    FROM message WHERE request_id = ${rows[0]?.id} ORDER BY user_id`.execute(db);
  return { messages: messages.rows, waited };
}

test('a feed for everybody is asked once for a campaign, and its fields stand in both kinds of brackets', async () => {
  answer = (_, response) => json(response, { offer: 'tea', items: [{ name: 'Green' }, { name: 'Black' }] });
  const one = await newFeed('/offer');
  const text = 'Acme: {{firstName}}, [[offer]] for you:[[#each items]] [[name]][[/each]]. STOP ends';
  const { messages, waited } = await admitted((await newBlast('all', 12, text, [one])).campaignId);
  assert.equal(messages.length, 12);
  assert.match(messages[3]?.body ?? '', /^Acme: Ann\d+, tea for you: Green Black\. STOP ends/);
  assert.ok(waited > 0, 'no lane waits for the feed');
  assert.deepEqual(calls, ['/offer']);
  const merged = await newBlast('merged', 2, 'Acme: {{offer}} STOP ends', [one], {
    mergeDataFeedContext: true,
  });
  assert.match((await admitted(merged.campaignId)).messages[0]?.body ?? '', /Acme: tea/);
  assert.equal(calls.length, 1, 'kept for as long as it is good');
  api.clock.advance(3_600_001);
  await admitted((await newBlast('later', 1, text, [one])).campaignId);
  assert.equal(calls.length, 2);
});

test('a feed by person is asked for each who may get a message, ten at once, each with their own fields', async () => {
  answer = (request, response) => {
    const who = new URL(request.url ?? '', base).searchParams.get('who');
    setTimeout(() => json(response, { pick: `pick of ${who}` }), 5);
  };
  const one = await newFeed('/pick?who={{firstName}}', { alias: 'shop', mostPerSecond: 1_000 });
  const blast = await newBlast('picks', 1_000, 'Acme: {{firstName}}: [[shop.pick]] STOP ends', [one]);
  const { messages } = await admitted(blast.campaignId);
  assert.equal(messages.length, 1_000);
  for (const { body } of messages) assert.match(body ?? '', /^Acme: (Ann\d+): pick of \1 STOP/);
  assert.equal(new Set(calls).size, 1_000);
  assert.ok(mostAtOnce <= 10, `${mostAtOnce} at once`);
});

test('who gets no answer is skipped with the fault, or gets the fallback', async () => {
  answer = (request, response) => {
    const isWell = /Ann1$/.test(request.url ?? '');
    json(response, isWell ? { pick: 'tea' } : { error: 'no' }, isWell ? 200 : 404);
  };
  const one = await newFeed('/some?who={{firstName}}');
  const text = 'Acme: [[pick]] STOP ends';
  const { messages } = await admitted((await newBlast('some', 3, text, [one])).campaignId);
  const told = messages.map(({ body, reason, detail }) => body?.slice(0, 9) ?? `${reason}: ${detail}`).sort();
  assert.deepEqual(told, [
    'Acme: tea',
    `dataFeedError: the data feed “Feed ${feeds}” answered HTTP 404`,
    `dataFeedError: the data feed “Feed ${feeds}” answered HTTP 404`,
  ]);
  await called('PATCH', `/api/dataFeeds/${one}`, { fallback: { pick: 'coffee' } });
  const again = await admitted((await newBlast('fallback', 3, text, [one])).campaignId);
  assert.deepEqual(again.messages.map(({ body }) => body?.slice(0, 12)).sort(), [
    ...['Acme: coffee', 'Acme: coffee'],
    'Acme: tea ST',
  ]);
});

test('a person’s field is one part of the address, whatever stands in it', async () => {
  const shown: [path: string, value: unknown, asked: string | RegExp][] = [
    ['/pick?who={{who}}', 'a&admin=1#x', '/pick?who=a%26admin%3D1%23x'],
    ['/pick/{{who}}/all', 'a/../b', '/pick/a%2F..%2Fb/all'],
    ['/pick/{{who}}/all', '..', /step of its path filled with “.” or “..”/],
    ['/pick/{{who}}', '%2e%2E', /step of its path/],
    ['/pick/x{{who}}', '..', '/pick/x..'],
    ['/pick?who={{urlEncode who}}', 'New York+', '/pick?who=New+York%2B'],
    ['/pick?who={{#urlEncode}}{{who}} & Co{{/urlEncode}}', 'New York', '/pick?who=New+York+%26+Co'],
    ['/pick?who={{who}}', 'Zürich 100%', '/pick?who=Z%C3%BCrich%20100%25'],
  ];
  for (const [path, who, asked] of shown) {
    calls = [];
    const { fault } = await look(await newFeed(path), { who });
    if (typeof asked === 'string') assert.deepEqual([fault, ...calls], [null, asked]);
    else {
      assert.match(fault ?? '', asked);
      assert.deepEqual(calls, []);
    }
  }
});

test('what feeds answer makes nothing but fields', async () => {
  answer = (_, response) => response.end('{"__proto__":{"toString":"x","name":"tea"},"offer":"cake"}');
  const feedIds = [await newFeed('/odd'), await newFeed('/odd', { alias: '__proto__' })];
  const text = 'Acme: [[offer]][[#if name]] with [[name]][[/if]] STOP ends';
  const { messages } = await admitted((await newBlast('proto', 1, text, feedIds)).campaignId);
  assert.match(messages[0]?.body ?? '', /^Acme: cake STOP/);
});

test('a page whose feeds take longer than a minute is not asked anew', async () => {
  const held: ServerResponse[] = [];
  answer = (_, response) => void held.push(response);
  const feed = await findFeed(api.context.db, api.projectId, await newFeed('/slow', { cacheSeconds: 0 }));
  assert.ok(feed);
  const { feeds: reader } = api.context;
  const people = [{ id: 1, fields: {} }];
  assert.equal(reader.page('slow', people, [feed]), null);
  api.clock.advance(120_000);
  assert.equal(reader.page('other', [], [feed])?.size, 0);
  assert.ok(reader.isAsking('slow'));
  while (held.length === 0) await pause(5);
  for (const response of held) json(response, { offer: 'tea' });
  while (reader.isAsking('slow')) await pause(5);
  assert.deepEqual(reader.page('slow', people, [feed])?.get(1), { fields: { offer: 'tea' } });
  assert.equal(calls.length, 1);
});

test('people are asked about together as far as their answers have room', () => {
  const feed = (asked_for: 'person' | 'everybody', largest_bytes: number) =>
    ({ asked_for, largest_bytes }) as DataFeed;
  assert.equal(peopleAtOnce([], 500), 500);
  assert.equal(peopleAtOnce([feed('everybody', 1_048_576)], 500), 500);
  assert.equal(peopleAtOnce([feed('person', 1_048_576)], 500), 64);
  assert.equal(peopleAtOnce(Array(5).fill(feed('person', 1_048_576)), 500), 12);
});

test('what a feed may not do is told: slow, huge, redirecting, no JSON, no object, too deep', async () => {
  const one = await newFeed('/odd', { timeoutMs: 100, largestBytes: 1_024 });
  const cases: [typeof answer, RegExp][] = [
    [() => undefined, /gave no whole answer within 100 ms/],
    [(_, response) => void response.writeHead(200).write('{"a":'), /gave no whole answer within 100 ms/],
    [(_, response) => json(response, { a: 'x'.repeat(2_000) }), /more than 1024 bytes/],
    [
      (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      /HTTP 302, a redirect; give the address it leads to/,
    ],
    [(_, response) => response.end('<html>'), /no JSON/],
    [(_, response) => json(response, [1]), /no JSON object/],
    [(_, response) => response.end(`{"a":${'['.repeat(300)}${']'.repeat(300)}}`), /nested more than/],
    [(_, response) => json(response, {}, 401), /HTTP 401/],
  ];
  for (const [does, fault] of cases) {
    answer = does;
    const { ok, fault: told } = await look(one);
    assert.equal(ok, false);
    assert.match(told ?? '', fault);
    server.closeAllConnections();
  }
  let tries = 0;
  answer = (_, response) => json(response, { fine: true }, ++tries < 3 ? 503 : 200);
  assert.deepEqual((await look(one)).data, { fine: true }, 'what is well a moment later is asked again');
});

test('private addresses are refused when a feed is set, and when it is asked', async () => {
  const id = await newFeed('/private');
  const feed = await findFeed(api.context.db, api.projectId, id);
  assert.ok(feed);
  const strict = openFeeds(createGuard({ allow: [], simulator: [] }), api.context.secrets, api.clock);
  const { answer: refused } = await strict.look(feed, {}, true);
  assert.match('fault' in refused ? refused.fault : '', /no place on the public Internet/);
  assert.deepEqual(calls, []);
  const bad = async (body: object, words: RegExp) => {
    const got = await api.call('POST', '/api/dataFeeds', { name: 'bad', ...body });
    assert.equal(got.status, 400, got.text);
    assert.match(got.text, words);
  };
  await bad({ url: 'http://10.0.0.7/x' }, /public Internet/);
  await bad({ url: 'https://{{host}}/x' }, /field before its path/);
  await bad({ url: `${base}/{{x}}`, askedFor: 'everybody' }, /set askedFor to person/);
  await bad({ url: 'https://user:secret@shop.example/x' }, /user name or password/);
});

test('headers are kept from view, sent with each call, and go to no other host', async () => {
  let token: string | undefined;
  answer = (request, response) => {
    token = request.headers.authorization;
    json(response, {});
  };
  const id = await newFeed('/secret', { headers: [{ name: 'Authorization', value: 'Bearer s3cret' }] });
  await look(id);
  assert.equal(token, 'Bearer s3cret');
  const shown = await api.call('GET', `/api/dataFeeds/${id}`);
  assert.ok(!shown.text.includes('s3cret'));
  const moved = await api.call('PATCH', `/api/dataFeeds/${id}`, { url: 'http://localhost:9/x' });
  assert.match(moved.text, /give headers again/);
});

test('a preview asks the feed and says how it answered; a template and a feed hold each other', async () => {
  answer = (_, response) => json(response, { offer: 'tea' });
  const one = await newFeed('/preview');
  const blast = await newBlast('preview', 1, 'Acme: [[offer]] STOP ends', [one]);
  const path = `/api/templates/sms/preview?templateId=${blast.templateId}`;
  const seen = await called<{ message: { body: string }; notes: string[] }>('POST', path, {});
  assert.match(seen.message.body, /Acme: tea/);
  assert.ok(
    seen.notes.some((note) => /answered 15 bytes in \d+ ms/.test(note)),
    String(seen.notes),
  );
  const given = await called<{ message: { body: string } }>('POST', path, { dataFeed: { offer: 'cake' } });
  assert.match(given.message.body, /Acme: cake/);
  assert.equal((await api.call('DELETE', `/api/dataFeeds/${one}`)).status, 409);
  const missing = await api.call('POST', '/api/templates/sms/update', {
    ...{ templateId: blast.templateId, dataFeedIds: [99_999] },
  });
  assert.match(missing.text, /no data feed 99999/);
});

test('a call to one person asks the feed with its own fields', async () => {
  answer = (request, response) =>
    json(response, { eta: `at ${new URL(request.url ?? '', base).searchParams.get('order')}` });
  const one = await newFeed('/eta?order={{orderId}}');
  const blast = await newBlast('call', 1, 'Acme: yours comes [[eta]] STOP ends', [one]);
  const { campaignId } = await called<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Call', templateId: blast.templateId, type: 'Triggered' },
  });
  await called('POST', '/api/campaigns/activateTriggered', { campaignId });
  await called('POST', '/api/sms/target', {
    ...{ campaignId, recipientEmail: blast.emails[0], dataFields: { orderId: 'a/7' } },
  });
  const { rows } = await sql<{ body: string }>`
    SELECT content ->> 'body' AS body FROM message WHERE campaign_id = ${campaignId}`.execute(
    api.database.db,
  );
  assert.match(rows[0]?.body ?? '', /comes at a\/7 STOP/);
});
