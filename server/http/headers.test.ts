import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linkRoutes } from '../content/link-routes.ts';
import { signInRoutes } from '../projects/sign-in-routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { slowRequest } from '../testing/slow-request.ts';
import { consoleRoutes } from './console-routes.ts';
import { healthRoutes } from './health-routes.ts';

const token = 'a-token-for-figures';
let server: TestApi;
/** Behind a proxy on this machine, whose word is taken. */
let behind: TestApi;
before(async () => {
  const routes = [healthRoutes({ ready: true }, [], null), linkRoutes, signInRoutes, consoleRoutes];
  server = await startTestApi([], routes);
  behind = await startTestApi([], [healthRoutes({ ready: true }, [], token), ...routes.slice(1)], undefined, {
    trustProxy: ['loopback'],
  });
});
after(async () => {
  await server.close();
  await behind.close();
});

test('every answer keeps browsers from guessing its type, framing it and telling its address', async () => {
  for (const [method, path] of [
    ['GET', '/healthz'],
    ['GET', '/api/nowhere'],
    ['POST', '/nowhere'],
    ['GET', '/api/docs/'],
    ['GET', '/api/docs/static/index.html'],
    ['GET', '/api/docs/json'],
    ['GET', '/%FF'],
    ['GET', '/l/nothing'],
    ['GET', '/u/nothing'],
    ['GET', '/campaigns'],
    ['GET', '/metrics'],
    ['POST', '/auth/sign-in/email'],
    ['GET', '/auth/get-session'],
  ] as const) {
    const { headers } = await fetch(server.url + path, { method });
    const name = `${method} ${path}`;
    assert.equal(headers.get('x-content-type-options'), 'nosniff', name);
    assert.match(
      headers.get('content-security-policy') ?? '',
      /default-src 'none'.*frame-ancestors 'none'/,
      name,
    );
    assert.match(headers.get('referrer-policy') ?? '', /^(same-origin|no-referrer)$/, name);
  }
});

test('what is no HTTP is answered in our form', async () => {
  const request = slowRequest(server.url, 'NONSENSE\r\n\r\n');
  const { status, head, text } = await request.answer;
  assert.equal(status, 400);
  assert.match(head, /X-Content-Type-Options: nosniff/);
  assert.equal((JSON.parse(text) as { code: string }).code, 'BadParams');
  await request.closed;
});

test('https is asked for from then on where a page came by it, and only there', async () => {
  const strict = async (api: TestApi, headers: Record<string, string>) =>
    (await fetch(`${api.url}/healthz`, { headers })).headers.get('strict-transport-security');
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' };
  assert.equal(await strict(behind, {}), null);
  assert.match((await strict(behind, forwarded)) ?? '', /max-age=\d+/);
  assert.equal(await strict(server, forwarded), null, 'nobody’s word is taken unless the operator says so');
});

test('figures are for who has the token, and without one for this machine alone', async () => {
  const ask = async (api: TestApi, headers: Record<string, string> = {}) =>
    (await fetch(`${api.url}/metrics`, { headers })).status;
  assert.equal(await ask(server), 200);
  assert.equal(await ask(server, { 'x-forwarded-for': '192.0.2.1' }), 401, 'a proxy asks for somebody else');
  assert.equal(await ask(behind), 401);
  assert.equal(await ask(behind, { authorization: 'Bearer another' }), 401);
  assert.equal(await ask(behind, { authorization: `Bearer ${token}` }), 200);
});

/** Tries passwords from an address that the proxy tells, until the answer is 429; how often it was another. */
async function triesFrom(api: TestApi, address: string): Promise<number> {
  for (let tries = 0; tries < 20; tries++) {
    const answer = await fetch(`${api.url}/auth/reset-password`, {
      method: 'POST',
      headers: { origin: api.url, 'content-type': 'application/json', 'x-forwarded-for': address },
      body: '{}',
    });
    if (answer.status === 429) return tries;
  }
  return 20;
}

test('callers behind a trusted proxy are told apart, IPv6 ones by their network; else its word is nothing', async () => {
  assert.equal(await triesFrom(behind, '192.0.2.1'), 10);
  assert.equal(await triesFrom(behind, '192.0.2.2'), 10);
  assert.equal(
    await triesFrom(behind, '198.51.100.9, 192.0.2.1'),
    0,
    'what a caller itself writes is nothing',
  );
  assert.equal(await triesFrom(behind, '2001:db8:1:2::1'), 10);
  assert.equal(await triesFrom(behind, '2001:db8:1:2:ffff::9'), 0);
  assert.equal(await triesFrom(behind, '2001:db8:1:3::1'), 10);
  assert.equal(await triesFrom(server, '192.0.2.1'), 10);
  assert.equal(await triesFrom(server, '192.0.2.2'), 0);
});
