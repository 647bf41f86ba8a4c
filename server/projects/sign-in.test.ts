import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { consoleRoutes } from '../http/console-routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { signInRoutes } from './sign-in-routes.ts';

const whoRoutes: Routes = (api) => {
  const schema = { response: { 200: Type.Object({ name: Type.String(), project: Type.Number() }) } };
  api.get('/api/who', { schema }, async (request) => ({
    name: request.caller.name,
    project: request.caller.project.id,
  }));
  api.post('/api/who', { schema }, async (request) => ({
    name: request.caller.name,
    project: request.caller.project.id,
  }));
};

const ada = { name: 'Ada', email: 'Ada@Example.com', password: 'a long enough password' };

describe('signing in to the console', () => {
  let api: TestApi;
  before(async () => {
    api = await startTestApi([whoRoutes], [signInRoutes, consoleRoutes], undefined, {
      trustProxy: ['loopback'],
    });
  });
  after(() => api.close());
  /** Each test calls from an address of its own: what one has tried does not count for the next. */
  let address = 0;
  beforeEach(() => {
    address++;
  });

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(api.url + path, {
      method,
      headers: {
        origin: api.url,
        'x-forwarded-for': `192.0.2.${address}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  const signIn = async (email: string, password: string) => {
    const answer = await send('POST', '/auth/sign-in/email', { email, password });
    const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
    return {
      status: answer.status,
      cookie: cookie.join('; '),
      set: answer.headers.getSetCookie().join('\n'),
    };
  };

  test('the first account needs a server-side key, and there is only one first', async () => {
    assert.deepEqual(await (await send('GET', '/auth/state')).json(), { firstAccountNeeded: true });
    const wrong = await send('POST', '/auth/first-account', { ...ada, key: 'guess' });
    assert.equal(wrong.status, 401);
    const readOnly = await send('POST', '/auth/first-account', { ...ada, key: api.readOnlyKey });
    assert.equal(readOnly.status, 401);
    const short = await send('POST', '/auth/first-account', { ...ada, key: api.key, password: 'short' });
    assert.equal(short.status, 400);
    const both = await Promise.all(
      ['ada@example.com', 'eve@example.com'].map((email) =>
        send('POST', '/auth/first-account', {
          ...ada,
          email,
          key: api.key,
          brand: 'Harbor',
          helpContact: 'help@harbor.example',
        }),
      ),
    );
    assert.deepEqual(both.map((answer) => answer.status).sort(), [200, 409]);
    const { rows } = await api.database.pool.query('UPDATE console_user SET email = $1 RETURNING id', [
      'ada@example.com',
    ]);
    assert.equal(rows.length, 1);
    assert.deepEqual(await (await send('GET', '/auth/state')).json(), { firstAccountNeeded: false });
    const project = await api.database.db
      .selectFrom('project')
      .select(['brand', 'help_contact'])
      .executeTakeFirstOrThrow();
    assert.deepEqual(project, { brand: 'Harbor', help_contact: 'help@harbor.example' });
  });

  test('a session stands for its person on the API, but not from a foreign page', async () => {
    assert.equal((await signIn(ada.email, 'another password')).status, 401);
    const { status, cookie, set } = await signIn(ada.email, ada.password);
    assert.equal(status, 200);
    assert.match(set, /HttpOnly/i);
    assert.match(set, /SameSite=Strict/i);
    assert.doesNotMatch(set, /Secure/i);
    const who = await send('GET', '/api/who', undefined, { cookie });
    assert.deepEqual(await who.json(), { name: 'ada@example.com', project: api.projectId });
    assert.equal((await send('POST', '/api/who', {}, { cookie })).status, 200);
    const foreign = await send('POST', '/api/who', {}, { cookie, origin: 'https://evil.example' });
    assert.equal(foreign.status, 403);
    const unsaid = await send('POST', '/api/who', {}, { cookie, origin: 'null' });
    assert.equal(unsaid.status, 403);
    assert.equal((await send('GET', '/api/who')).status, 401);
    await send('POST', '/auth/sign-out', {}, { cookie });
    assert.equal((await send('GET', '/api/who', undefined, { cookie })).status, 401);
  });

  test('who is signed in adds others and removes them, never the last', async () => {
    const { cookie } = await signIn(ada.email, ada.password);
    const bob = { name: 'Bob', email: 'bob@example.com', password: 'another long password' };
    assert.equal((await send('POST', '/auth/accounts', bob)).status, 401);
    assert.equal((await send('POST', '/auth/accounts', bob, { cookie })).status, 200);
    assert.equal((await send('POST', '/auth/accounts', bob, { cookie })).status, 400);
    const bobs = await signIn(bob.email, bob.password);
    const listed = await (await send('GET', '/auth/accounts', undefined, { cookie: bobs.cookie })).json();
    assert.deepEqual(listed.accounts.map((account: { email: string }) => account.email).sort(), [
      'ada@example.com',
      'bob@example.com',
    ]);
    const idOf = (email: string) =>
      listed.accounts.find((account: { email: string }) => account.email === email).id;
    assert.equal(
      (await send('DELETE', `/auth/accounts/${idOf(bob.email)}`, undefined, { cookie })).status,
      200,
    );
    assert.equal((await send('GET', '/api/who', undefined, { cookie: bobs.cookie })).status, 401);
    assert.equal(
      (await send('DELETE', `/auth/accounts/${idOf('ada@example.com')}`, undefined, { cookie })).status,
      409,
    );
  });

  test('a forgotten password is set by a colleague, or against the project’s key, and ends sessions', async () => {
    const { cookie } = await signIn(ada.email, ada.password);
    const eve = { name: 'Eve', email: 'eve@example.com', password: 'the password Eve forgot' };
    await send('POST', '/auth/accounts', eve, { cookie });
    const before = await signIn(eve.email, eve.password);
    const { accounts } = await (await send('GET', '/auth/accounts', undefined, { cookie })).json();
    const { id } = accounts.find((account: { email: string }) => account.email === eve.email);
    const byColleague = { password: 'a first password again' };
    assert.equal((await send('POST', `/auth/accounts/${id}/password`, byColleague)).status, 401);
    assert.equal((await send('POST', `/auth/accounts/${id}/password`, byColleague, { cookie })).status, 200);
    assert.equal((await send('GET', '/api/who', undefined, { cookie: before.cookie })).status, 401);
    assert.equal((await signIn(eve.email, byColleague.password)).status, 200);

    const reset = { email: 'Eve@example.com', password: 'one that Eve will keep' };
    for (const key of ['guess', api.readOnlyKey])
      assert.equal((await send('POST', '/auth/reset-password', { ...reset, key })).status, 401);
    assert.equal((await send('POST', '/auth/reset-password', { ...reset, key: api.key })).status, 200);
    assert.equal((await signIn(eve.email, reset.password)).status, 200);
    assert.equal((await signIn(ada.email, ada.password)).status, 200);
    const unknown = { ...reset, email: 'nobody@example.com', key: api.key };
    assert.equal((await send('POST', '/auth/reset-password', unknown)).status, 404);
  });

  test('no answer repeats the token of a session, which only the cookie has', async () => {
    const answer = await send('POST', '/auth/sign-in/email', { email: ada.email, password: ada.password });
    const [cookie = ''] = answer.headers.getSetCookie();
    const token = decodeURIComponent(/=([^;]+)/.exec(cookie)![1]!).split('.')[0]!;
    const session = await send('GET', '/auth/get-session', undefined, { cookie: cookie.split(';')[0]! });
    for (const text of [await answer.text(), await session.text()]) {
      assert.match(text, /"email":"ada@example.com"/);
      assert.ok(!text.includes(token) && !text.includes('"token"'), text);
    }
  });

  test('a page of the same host by another scheme or port is a foreign one', async () => {
    const { cookie } = await signIn(ada.email, ada.password);
    const { host, hostname } = new URL(api.url);
    for (const origin of [`https://${host}`, `http://${hostname}:1`, `http://${hostname}`]) {
      assert.equal((await send('POST', '/api/who', {}, { cookie, origin })).status, 403, origin);
      const login = { email: ada.email, password: ada.password };
      assert.equal((await send('POST', '/auth/sign-in/email', login, { origin })).status, 403, origin);
    }
    const atPublicUrl = { cookie, origin: api.context.publicUrl };
    assert.equal((await send('POST', '/api/who', {}, atPublicUrl)).status, 200);
  });

  test('a form of another page changes nothing, whatever type it says it has', async () => {
    const { cookie } = await signIn(ada.email, ada.password);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const headers = { cookie, 'content-type': type, origin: 'https://evil.example' };
      assert.equal((await send('POST', '/api/who', {}, headers)).status, 403, type);
      assert.equal((await send('POST', '/auth/sign-out', {}, headers)).status, 403, type);
      const ours = { cookie, 'content-type': type };
      assert.equal((await send('POST', '/auth/change-password', {}, ours)).status, 415, type);
    }
    assert.equal((await send('GET', '/api/who', undefined, { cookie })).status, 200);
  });

  test('who changes a password ends all other sessions, whether they ask for it or not', async () => {
    const [one, other] = [await signIn(ada.email, ada.password), await signIn(ada.email, ada.password)];
    const next = 'quite another password';
    const changed = await send(
      'POST',
      '/auth/change-password',
      { currentPassword: ada.password, newPassword: next, revokeOtherSessions: false },
      { cookie: one.cookie },
    );
    assert.equal(changed.status, 200);
    assert.doesNotMatch(await changed.text(), /"token"/);
    for (const { cookie } of [one, other])
      assert.equal((await send('GET', '/api/who', undefined, { cookie })).status, 401);
    const mine = changed.headers.getSetCookie().map((each) => each.split(';')[0]);
    assert.equal((await send('GET', '/api/who', undefined, { cookie: mine.join('; ') })).status, 200);
    ada.password = next;
  });

  test('who has an account is not told by a failed sign-in', async () => {
    const answers = await Promise.all(
      [ada.email, 'nobody@example.com'].map(async (email) => {
        const answer = await send('POST', '/auth/sign-in/email', { email, password: 'a wrong password' });
        return { status: answer.status, text: await answer.text() };
      }),
    );
    assert.deepEqual(answers[0], answers[1]);
  });

  test('nobody signs up or changes the project through better-auth itself', async () => {
    assert.equal((await send('POST', '/auth/sign-up/email', ada)).status, 404);
    assert.equal((await send('POST', '/auth/update-user', { projectId: 2 })).status, 404);
  });

  test('passwords cannot be tried without end from one address', async () => {
    const answers: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++)
      answers.push((await signIn('nobody@example.com', 'wrong password')).status);
    assert.equal(answers.at(-1), 429);
  });

  test('the console answers pages with a strict policy and other addresses with 404', async () => {
    const page = await send('GET', '/users/ada@example.com');
    assert.ok([200, 503].includes(page.status));
    if (page.status === 200) {
      assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self';/);
      assert.doesNotMatch(await page.text(), /%STYLE_NONCE%/);
    }
    for (const path of ['/api/nothing', '/auth/nothing', '/callbacks/nothing'])
      assert.equal((await send('GET', path)).status, 404);
  });
});

describe('an account whose password is tried from everywhere', () => {
  let api: TestApi;
  before(async () => {
    api = await startTestApi([whoRoutes], [signInRoutes], undefined, { trustProxy: ['loopback'] });
  });
  after(() => api.close());

  let address = 0;
  /** Each from an address of its own. */
  const send = (path: string, body: unknown) =>
    fetch(api.url + path, {
      method: 'POST',
      headers: {
        origin: api.url,
        'content-type': 'application/json',
        'x-forwarded-for': `192.0.2.${++address % 250}`,
      },
      body: JSON.stringify(body),
    });
  const signIn = (email: string, password: string) => send('/auth/sign-in/email', { email, password });

  test('is closed to all for a while, until its password is set anew with the key', async () => {
    const eve = { email: 'eve@example.com', password: 'a password of Eve' };
    assert.equal((await send('/auth/first-account', { ...eve, name: 'Eve', key: api.key })).status, 200);
    for (const email of [eve.email, 'nobody@example.com']) {
      const answers = await Promise.all(
        Array.from({ length: 32 }, () => signIn(email.toUpperCase(), 'wrong password')),
      );
      const refused = answers.filter(({ status }) => status === 429);
      assert.equal(refused.length, 2, email);
      assert.match(await refused[0]!.text(), /Too many attempts for this account; try again in \d+ minutes/);
    }
    assert.equal((await signIn(eve.email, eve.password)).status, 429);
    api.clock.advance(3_600_000);
    assert.equal((await signIn(eve.email, eve.password)).status, 200);
    for (let attempt = 0; attempt < 31; attempt++) await signIn(eve.email, 'wrong password');
    assert.equal((await signIn(eve.email, eve.password)).status, 429);
    assert.equal((await send('/auth/reset-password', { ...eve, key: api.key })).status, 200);
    assert.equal((await signIn(eve.email, eve.password)).status, 200);
  });
});
