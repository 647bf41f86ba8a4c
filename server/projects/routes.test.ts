import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeWindows } from '../delivery/close-windows.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { projectRoutes } from './routes.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([projectRoutes(closeWindows)]);
});
after(() => api.close());

test('settings are read and changed one at a time', async () => {
  const changed = await api.call('PATCH', '/api/project', {
    helpContact: 'help.example',
    timeZone: 'Europe/Berlin',
    defaultCountry: 'DE',
    frequencyCaps: [{ messages: 5, hours: 168, medium: 'sms' }],
  });
  assert.equal(changed.status, 200);
  assert.deepEqual((await api.call('GET', '/api/project')).body, {
    id: api.projectId,
    name: 'Test',
    brand: 'Acme',
    helpContact: 'help.example',
    defaultCountry: 'DE',
    timeZone: 'Europe/Berlin',
    caution: true,
    frequencyCaps: [{ messages: 5, hours: 168, medium: 'sms' }],
    doubtPolicy: { transactional: 'resend', promotional: 'leave', graceSeconds: 120 },
    hasTemplateSecret: false,
  });
});

test('a country, zone or setting that does not exist is refused by name', async () => {
  for (const [body, fault] of [
    [{ defaultCountry: 'Germany' }, /defaultCountry/],
    [{ timeZone: 'Mars/Olympus' }, /timeZone/],
    [{ colour: 'red' }, /BadParams/],
    [{ frequencyCaps: [{ messages: 0, hours: 1, medium: null }] }, /frequencyCaps/],
  ] as const) {
    const answer = await api.call('PATCH', '/api/project', body);
    assert.equal(answer.status, 400);
    assert.match(answer.text, fault);
  }
});

test('a key is shown once, works, and stops working when it is revoked', async () => {
  const made = await api.call('POST', '/api/keys', { name: 'shop', kind: 'server' });
  const { id, key } = made.body as { id: number; key: string };
  assert.equal((await api.call('GET', '/api/project', undefined, key)).status, 200);
  const listed = await api.call('GET', '/api/keys');
  assert.match(listed.text, /"name":"shop"/);
  assert.ok(!listed.text.includes(key));
  assert.equal((await api.call('DELETE', `/api/keys/${id}`)).status, 200);
  api.clock.advance(6_000);
  assert.equal((await api.call('GET', '/api/project', undefined, key)).status, 401);
  assert.equal((await api.call('DELETE', `/api/keys/${id}`)).status, 404);
});

test('the last server-side key cannot be revoked, however its id is written', async () => {
  const { keys } = (await api.call('GET', '/api/keys')).body as { keys: { id: number; kind: string }[] };
  const [last] = keys.filter((key) => key.kind === 'server');
  const answer = await api.call('DELETE', `/api/keys/${last?.id}`);
  assert.equal(answer.status, 400);
  assert.match(answer.text, /make another with POST \/api\/keys/);
  assert.equal((await api.call('DELETE', `/api/keys/${last?.id}.5`)).status, 400);
  await api.call('POST', '/api/keys', { name: 'next', kind: 'server' });
  assert.equal((await api.call('DELETE', `/api/keys/${last?.id}`)).status, 200);
});

test('a read-only key may look and nothing else', async () => {
  assert.equal((await api.call('GET', '/api/keys', undefined, api.readOnlyKey)).status, 200);
  assert.equal((await api.call('PATCH', '/api/project', { name: 'x' }, api.readOnlyKey)).status, 403);
});

test('a key is taken in every place where Iterable takes one, and is no parameter of the call', async () => {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(api.url + path, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  for (const name of ['Api-Key', 'api-key', 'Api_Key', 'api_key'])
    assert.equal((await get('/api/project', { [name]: api.key })).status, 200, name);
  for (const name of ['api_key', 'apiKey'])
    assert.equal((await get(`/api/project?${name}=${api.key}`)).status, 200, name);
  for (const path of [
    '/api/project',
    '/api/project?apiKey=',
    '/api/project?apiKey=wrong',
    '/api/project?key=x',
  ])
    assert.equal((await get(path)).status, 401, path);
  // A header is surer than an address, which others may have made.
  assert.equal((await get(`/api/project?apiKey=${api.key}`, { 'Api-Key': 'wrong' })).status, 401);
  for (const path of ['/api/no/such/call', '/api/messages']) {
    const { text } = await get(`${path}?apiKey=${api.key}&limit=x`);
    assert.ok(!text.includes(api.key), text);
  }
  const readOnly = await fetch(`${api.url}/api/project?apiKey=${api.readOnlyKey}`, { method: 'PATCH' });
  assert.equal(readOnly.status, 403);
});
