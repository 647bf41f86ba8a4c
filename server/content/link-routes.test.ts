import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { laneOfUser } from '../lanes/lanes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { linkRoutes } from './link-routes.ts';
import { newLinkCode } from './links/link-code.ts';
import { newOpenPixel } from './open-pixel.ts';
import { newUnsubscribeLink } from './unsubscribe-link.ts';

const userId = 1;
const lane = laneOfUser(userId);
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
let api: TestApi;

before(async () => {
  api = await startTestApi([], [linkRoutes]);
  await api.database.db
    .insertInto('users')
    .values({
      lane,
      id: userId,
      project_id: api.projectId,
      email: 'jo@acme.example',
      signed_up_at: api.clock.now(),
      updated_at: api.clock.now(),
    })
    .execute();
});

after(() => api.close());

async function addLink(url: string, code = newLinkCode(lane)): Promise<string> {
  await api.database.db
    .insertInto('link')
    .values({ lane, code, project_id: api.projectId, message_id: 7, user_id: userId, url })
    .execute();
  return code;
}

function open(path: string, init: RequestInit = {}, userAgent = phone) {
  return fetch(api.url + path, {
    redirect: 'manual',
    ...init,
    headers: { 'User-Agent': userAgent, ...init.headers },
  });
}

function clicksOn(code: string) {
  return api.database.db
    .selectFrom('link_click')
    .selectAll()
    .where('lane', '=', lane)
    .where('code', '=', code)
    .execute();
}

describe('a short link', () => {
  test('leads on to its page, and the click is written before that', async () => {
    const code = await addLink('https://acme.example/päge?a=1#x');
    const answer = await open(`/l/${code}`);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), 'https://acme.example/p%C3%A4ge?a=1#x');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const clicks = await clicksOn(code);
    assert.equal(clicks.length, 1);
    assert.partialDeepStrictEqual(clicks[0], {
      message_id: 7,
      project_id: api.projectId,
      visitor: 'person',
      user_agent: phone,
      clicked_at: api.clock.now(),
    });
  });

  test('tells people from previews and robots', async () => {
    const code = await addLink('https://acme.example/');
    await open(`/l/${code}`, { method: 'HEAD' });
    await open(`/l/${code}`, {}, 'WhatsApp/2.24.1 A');
    await open(`/l/${code}`, {}, 'curl/8.5.0');
    await open(`/l/${code}`);
    const visitors = (await clicksOn(code)).map((click) => click.visitor).sort();
    assert.deepEqual(visitors, ['bot', 'person', 'preview', 'preview']);
  });

  test('that nobody made leads nowhere, nor does one to no web page', async () => {
    for (const code of ['nonsense', newLinkCode(lane), await addLink('javascript:alert(1)')]) {
      const answer = await open(`/l/${code}?url=https://evil.example`);
      assert.equal(answer.status, 404);
      assert.equal(answer.headers.get('location'), null);
      assert.match(await answer.text(), /<h1>This link leads nowhere<\/h1>/);
    }
  });

  test('loses no click when many open it at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, one) => addLink(`https://acme.example/${one}`)),
    );
    const answers = await Promise.all(
      codes.flatMap((code) => Array.from({ length: 10 }, () => open(`/l/${code}`))),
    );
    assert.ok(answers.every((answer) => answer.status === 302));
    for (const code of codes) assert.equal((await clicksOn(code)).length, 10);
  });
});

test('the picture of an email tells that it was opened, once for people and once for machines', async () => {
  const pixel = newOpenPixel('https://go.example', lane);
  assert.equal(pixel.url, `https://go.example/o/${pixel.code}`);
  await addLink(pixel.stored, pixel.code);
  const opens = async () =>
    (
      await api.database.db.selectFrom('email_open').select('visitor').where('message_id', '=', 7).execute()
    ).map(({ visitor }) => visitor);
  const machines = [
    'Mozilla/5.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
    'curl/8.5.0',
  ];
  for (const machine of machines) {
    const answer = await open(`/o/${pixel.code}`, {}, machine);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/gif']);
  }
  assert.deepEqual(await opens(), ['machine']);
  const gmail = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
  for (const person of [gmail, phone]) await open(`/o/${pixel.code}`, {}, person);
  assert.deepEqual((await opens()).sort(), ['machine', 'person']);
  const page = await addLink('https://acme.example/');
  for (const path of [`/o/${page}`, `/o/${newLinkCode(lane)}`, `/l/${pixel.code}`])
    assert.equal((await open(path)).status, 404, path);
  assert.deepEqual(await clicksOn(pixel.code), []);
});

describe('an unsubscribe link', () => {
  async function channelId(): Promise<number> {
    const row = await api.database.db
      .selectFrom('channel')
      .select('id')
      .where('name', '=', 'Email Marketing')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  const optOuts = () =>
    api.database.db
      .selectFrom('consent_entry')
      .selectAll()
      .where('lane', '=', lane)
      .where('user_id', '=', userId)
      .execute();

  test('asks first, and opts out only by POST', async () => {
    const target = { channelId: await channelId(), address: 'jo@acme.example' };
    const link = newUnsubscribeLink('https://go.example', lane, target);
    assert.equal(link.url, `https://go.example/u/${link.code}`);
    await addLink(link.stored, link.code);

    const asked = await open(`/u/${link.code}`);
    const page = await asked.text();
    assert.equal(asked.status, 200);
    assert.match(page, /<form method="post"><button type="submit">Unsubscribe<\/button>/);
    assert.ok(
      page.includes('Acme') && page.includes('j•••@acme.example') && !page.includes('jo@acme.example'),
    );
    assert.equal((await open(`/l/${link.code}`)).status, 404);
    assert.deepEqual(await optOuts(), []);

    // As RFC 8058 has a mail program post it.
    const done = await open(`/u/${link.code}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    assert.equal(done.status, 200);
    assert.match(await done.text(), /You are unsubscribed/);
    const [entry] = await optOuts();
    assert.partialDeepStrictEqual(entry, {
      action: 'optOut',
      kind: 'channel',
      target_id: target.channelId,
      address: 'jo@acme.example',
      method: 'link',
      source: link.url,
    });
  });

  test('takes a form in parts, a bare POST, and nothing for a code that is none', async () => {
    const target = { channelId: await channelId(), address: '+14155550132' };
    const link = newUnsubscribeLink('https://go.example', lane, target);
    await addLink(link.stored, link.code);
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    assert.equal((await open(`/u/${link.code}`, { method: 'POST', body: form })).status, 200);
    assert.equal((await open(`/u/${link.code}`, { method: 'POST' })).status, 200);
    assert.equal((await open(`/u/${newLinkCode(lane)}`, { method: 'POST' })).status, 404);
  });
});
