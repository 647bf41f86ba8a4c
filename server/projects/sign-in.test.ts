import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
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
    api = await startTestApi([whoRoutes], [signInRoutes, consoleRoutes]);
  });
  after(() => api.close());

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(api.url + path, {
      method,
      headers: {
        origin: api.url,
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

  test('nobody signs up or changes the project through better-auth itself', async () => {
    assert.equal((await send('POST', '/auth/sign-up/email', ada)).status, 404);
    assert.equal((await send('POST', '/auth/update-user', { projectId: 2 })).status, 404);
  });

  test('passwords cannot be tried without end', async () => {
    const answers: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++)
      answers.push((await signIn(ada.email, 'wrong password')).status);
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
