import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { Type } from 'typebox';
import { startTestApi, type TestApi } from '../testing/api.ts';
import type { Routes } from './api.ts';

const colour = Type.Union([Type.Literal('red'), Type.Literal('green')]);
const routes: Routes = (api, { db }) => {
  api.post('/api/broken', async () => {
    await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(db);
  });
  const body = Type.Object({
    name: Type.String(),
    colour: Type.Optional(colour),
    dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    phoneNumber: Type.Optional(Type.String()),
  });
  api.post('/api/things', { schema: { body } }, async (request) => request.body);
  const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) });
  const querystring = Type.Object({ deep: Type.Optional(Type.Boolean()) });
  api.get('/api/things/:id', { schema: { params, querystring } }, async ({ params, query }) => ({
    ...params,
    ...query,
  }));
};

let server: TestApi;
before(async () => {
  server = await startTestApi([routes]);
});
after(() => server.close());

async function post(body: string, contentType = 'application/json') {
  const headers = { 'Api-Key': server.key, 'Content-Type': contentType };
  const answer = await fetch(`${server.url}/api/things`, { method: 'POST', headers, body });
  const { code, msg, params } = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, code, msg: String(msg), params: params as Record<string, unknown> };
}

test('an id is a whole number written as one; nothing else is taken for it', async () => {
  const read = await server.call('GET', '/api/things/7?deep=true');
  assert.deepEqual(read.body, { id: 7, deep: true });
  for (const id of ['1.5', 'true', '0x1', '01', '+1', '1e0', '0', '-1', '2147483648', '99999999999']) {
    const answer = await server.call('GET', `/api/things/${id}`);
    assert.equal(answer.status, 400, id);
    assert.match(answer.text, /"msg":"params\.id must be/, id);
  }
  assert.match((await server.call('GET', '/api/things/7?deep=1')).text, /querystring\.deep must be boolean/);
});

test('of a field that is half written it is told which one is meant', async () => {
  for (const [body, said] of [
    [{ name: 'x', phone: '+14155550199' }, /body\.phone is unknown; did you mean phoneNumber\?/],
    [{ name: 'x', data: {} }, /body\.data is unknown; did you mean dataFields\?/],
  ] as const) {
    const answer = await server.call('POST', '/api/things', body);
    assert.equal(answer.status, 400);
    assert.match(answer.text, said);
  }
  // Beside the field itself, or where no word of it begins so, it is one that nobody knows, and passed over.
  for (const extra of [{ phone: '1', phoneNumber: '2' }, { phon: '1' }, { fields: {} }])
    assert.equal((await server.call('POST', '/api/things', { name: 'x', ...extra })).status, 200);
});

test('what no table can hold is refused, with its place', async () => {
  for (const [body, place] of [
    [{ name: 'a\0b' }, /body\.name holds a NUL/],
    [{ name: 'half \ud800' }, /body\.name holds half of a surrogate pair/],
    [{ name: 'x', dataFields: { a: [{ b: '\udc00' }] } }, /body\.dataFields\.a\.0\.b holds half/],
    [
      { name: 'x', dataFields: { '\udc00k': 'x' } },
      /body\.dataFields\."\\udc00k" has a name that holds half/,
    ],
  ] as const) {
    const answer = await server.call('POST', '/api/things', body);
    assert.equal(answer.status, 400);
    assert.match((answer.body as { msg: string }).msg, place);
  }
  assert.match((await post('{"name":"x","dataFields":{"a":1e400}}')).msg, /dataFields\.a is larger/);
  const deep = `{"name":"x","dataFields":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
  assert.match((await post(deep)).msg, /nested more than 100 levels/);
  assert.match((await server.call('GET', '/api/things/%00')).text, /params\.id holds a NUL/);
});

test('a wrong word is answered with the right ones, once', async () => {
  const answer = await post('{"name":"x","colour":"blue"}');
  assert.equal(answer.msg, 'body.colour must be one of "red", "green"');
  assert.deepEqual(answer.params, {
    reason: 'BadParams',
    faults: [{ field: 'body.colour', fault: 'must be one of "red", "green"' }],
  });
});

test('a misspelt field is refused, with the one that was meant; others that nobody knows are passed over', async () => {
  assert.equal(
    (await post('{"name":"x","datafields":{"a":1}}')).msg,
    'body.datafields is unknown; did you mean dataFields?',
  );
  assert.match((await post('{"nam":"x"}')).msg, /body\.nam is unknown; did you mean name/);
  assert.equal(
    (await post('{"name":"x","size":1}')).status,
    200,
    'what looks like none of ours is passed over',
  );
  assert.equal((await post('{"name":"x","dataFields":{"Name":1}}')).status, 200);
  assert.match((await server.call('GET', '/api/things/1?dep=true')).text, /did you mean deep/);
});

test('a body that is no JSON is refused with the remedy, an address that cannot be read in our form', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/xml']) {
    const answer = await post('{"name":"x"}', type);
    assert.deepEqual([answer.status, answer.code], [415, 'BadJsonBody']);
    assert.match(answer.msg, /Content-Type: application\/json/);
  }
  assert.match((await post('{"name":')).msg, /not JSON/);
  assert.match((await post('{"__proto__":{"a":1}}')).msg, /__proto__/);
  const unreadable = await server.call('GET', '/api/things/%FF');
  assert.deepEqual([unreadable.status, (unreadable.body as { code: string }).code], [400, 'BadParams']);
});

test('where the connection to the database breaks the caller is told to ask again, and the next call is answered', async () => {
  const headers = { 'Api-Key': server.key };
  const answer = await fetch(`${server.url}/api/broken`, { method: 'POST', headers });
  const { msg, params } = (await answer.json()) as { msg: string; params: { reason: string } };
  assert.deepEqual([answer.status, params.reason], [503, 'DatabaseAway']);
  assert.match(msg, /ask again/);
  assert.equal((await fetch(`${server.url}/api/things/7`, { headers })).status, 200);
});
