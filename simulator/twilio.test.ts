import assert from 'node:assert/strict';
import { test } from 'node:test';
import twilio from 'twilio';
import type { Received } from './testing/customer.ts';
import type { Lab } from './testing/lab.ts';
import { account, startLab } from './testing/lab.ts';
import { sdkFor } from './testing/sdk.ts';
import { retryPolicyOf } from './twilio/retry-policy.ts';
import { signForm } from './twilio/signature.ts';

const from = '+14155550100';
const to = '+12125550132';

const formOf = (one: Received) => Object.fromEntries(new URLSearchParams(one.body));

function isSigned(lab: Lab, one: Received): boolean {
  const signature = one.headers['x-twilio-signature'];
  if (typeof signature !== 'string') return false;
  return twilio.validateRequest(account.token, signature, lab.customer.url + one.url, formOf(one));
}

test('signature follows the published example', () => {
  const fields: [string, string][] = [
    ['CallSid', 'CA1234567890ABCDE'],
    ['Caller', '+14158675309'],
    ['Digits', '1234'],
    ['From', '+14158675309'],
    ['To', '+18005551212'],
  ];
  const signature = signForm('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', fields);
  assert.equal(signature, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=');
});

test('the official SDK sends, fetches, lists page by page, redacts and deletes', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const sent = await sdk.messages.create({ from, to, body: 'Hello é + & 100%' });
  assert.match(sent.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(sent.status, 'queued');
  assert.equal(sent.body, 'Hello é + & 100%');
  assert.equal(sent.numSegments, '1');
  assert.ok(sent.dateCreated instanceof Date);
  for (let place = 0; place < 4; place += 1) await sdk.messages.create({ from, to, body: `More ${place}` });
  const since = new Date(Date.now() - 60_000);
  const listed = await sdk.messages.list({ to, from, dateSentAfter: since, pageSize: 2 });
  assert.deepEqual(
    listed.map(({ body }) => body),
    ['More 3', 'More 2', 'More 1', 'More 0', 'Hello é + & 100%'],
  );
  assert.deepEqual(await sdk.messages.list({ to: '+12125550133' }), []);
  assert.equal((await sdk.messages(sent.sid).fetch()).sid, sent.sid);
  assert.equal((await sdk.messages(sent.sid).update({ body: '' })).body, '');
  assert.equal(await sdk.messages(sent.sid).remove(), true);
  await assert.rejects(sdk.messages(sent.sid).fetch(), { status: 404, code: 20404 });
  assert.equal((await lab.ledger({ to }))[0]?.body, 'Hello é + & 100%');
});

test('the SDK sees errors as Twilio tells them', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const body = 'x';
  await assert.rejects(sdk.messages.create({ from, to: '+1415555', body }), { status: 400, code: 21211 });
  await assert.rejects(sdk.messages.create({ to, body }), { code: 21603 });
  await assert.rejects(sdk.messages.create({ from, to }), { code: 21619 });
  await assert.rejects(sdk.messages.create({ from, to, body: 'x'.repeat(1601) }), { code: 21617 });
  await assert.rejects(sdk.messages.create({ from, to, body, mediaUrl: ['nowhere'] }), { code: 21620 });
  const stranger = await fetch(`${lab.simulator.url}/2010-04-01/Accounts/${account.sid}/Messages.json`, {
    headers: { authorization: `Basic ${btoa(`${account.sid}:other`)}` },
  });
  assert.equal(stranger.status, 401);
  assert.equal((await lab.ledger()).length, 0);
  assert.deepEqual((await lab.call('GET', '/attempts/count?code=21211')).json, {
    count: 1,
    codes: { 21211: 1 },
  });
});

test('a message with media lists them', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const sent = await sdk.messages.create({ from, to, mediaUrl: ['https://shop.example/cat.png'] });
  assert.match(sent.sid, /^MM/);
  const [medium] = await sdk.messages(sent.sid).media.list();
  assert.equal(medium?.contentType, 'image/png');
  assert.deepEqual((await lab.ledger())[0]?.media, ['https://shop.example/cat.png']);
});

test('a medium at an address beyond ASCII is found where it is', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const sent = await sdk.messages.create({ from, to, mediaUrl: [`${lab.customer.url}/€.png`] });
  const [medium] = await sdk.messages(sent.sid).media.list();
  const address = `${lab.simulator.url}${medium?.uri.replace('.json', '')}`;
  const authorization = `Basic ${btoa(`${account.sid}:${account.token}`)}`;
  const found = await fetch(address, { headers: { authorization }, redirect: 'manual' });
  assert.equal(found.headers.get('location'), `${lab.customer.url}/%E2%82%AC.png`);
});

test('receipts come signed, sent before delivered', async (t) => {
  const lab = await startLab(t);
  await lab.text({ From: from, To: to, Body: 'Hi', StatusCallback: `${lab.customer.url}/status?m=1` });
  const receipts = await lab.customer.until((all) => all.length === 2);
  assert.deepEqual(
    receipts.map((one) => formOf(one).MessageStatus),
    ['sent', 'delivered'],
  );
  assert.ok(receipts.every((one) => isSigned(lab, one)));
  assert.equal((await lab.ledger())[0]?.status, 'delivered');
});

test('a receipt that is not taken comes again where its address asks for that, signed without the fragment', async (t) => {
  const lab = await startLab(t);
  lab.customer.answers.push(503);
  const callback = `${lab.customer.url}/status#rc=5&rp=all`;
  await lab.text({ From: from, To: to, Body: 'Hi', StatusCallback: callback });
  const receipts = await lab.customer.until((all) => all.length === 3);
  assert.deepEqual(receipts.map((one) => formOf(one).MessageStatus).sort(), ['delivered', 'sent', 'sent']);
  assert.ok(receipts.every((one) => one.url === '/status' && isSigned(lab, one)));
});

test('retries are one after a failed connection, or as the fragment says', () => {
  const outcomes = ['noConnection', 'noAnswer', 404, 503] as const;
  const read = (url: string) => {
    const { retries, covers } = retryPolicyOf(url);
    return [retries, ...outcomes.filter(covers)];
  };
  assert.deepEqual(read('https://a.example/s'), [1, 'noConnection']);
  assert.deepEqual(read('https://a.example/s#rc=3'), [3, 'noConnection']);
  assert.deepEqual(read('https://a.example/s#rc=9&rp=all'), [5, ...outcomes]);
  assert.deepEqual(read('https://a.example/s#rc=0&rp=5xx,rt'), [0, 'noAnswer', 503]);
});

test('an address that cannot be called is refused, and holds up no other', async (t) => {
  const lab = await startLab(t);
  for (const path of ['/bad path', ' /x', '_x:80/'])
    assert.partialDeepStrictEqual(
      await lab.text({ From: from, To: to, Body: 'Hi', StatusCallback: `http://localhost${path}` }),
      { status: 400, json: { code: 21609 } },
    );
  await lab.text({ From: from, To: to, Body: 'Hi', StatusCallback: `${lab.customer.url}/stätus` });
  await lab.customer.until((all) => all.length === 2);
  assert.equal(lab.customer.received[0]?.url, '/st%C3%A4tus');
});

test('a scheduled message waits and can be canceled', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const plan = { messagingServiceSid: 'MG0000', to, body: 'Later', scheduleType: 'fixed' as const };
  await assert.rejects(sdk.messages.create({ ...plan, sendAt: new Date(Date.now() + 60_000) }), {
    code: 35114,
  });
  const sent = await sdk.messages.create({ ...plan, sendAt: new Date(Date.now() + 3_600_000) });
  assert.equal(sent.status, 'scheduled');
  assert.equal((await sdk.messages(sent.sid).update({ status: 'canceled' })).status, 'canceled');
});

test('a scheduled message goes out after a restart, too', async (t) => {
  const lab = await startLab(t);
  const sendAt = new Date(Date.now() + 3_600_000);
  const plan = { messagingServiceSid: 'MG0000', to, scheduleType: 'fixed' as const, sendAt };
  await sdkFor(lab).messages.create({
    ...plan,
    body: 'Later',
    statusCallback: `${lab.customer.url}/status`,
  });
  lab.pass(3_600_001);
  await lab.restart();
  await lab.customer.until((all) => all.length === 2);
  assert.equal((await lab.ledger())[0]?.status, 'delivered');
});

test('a text from a handset reaches the webhook, signed', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', `/accounts/${account.sid}`, { authToken: account.token });
  await lab.call('PUT', `/numbers/${from}`, {
    accountSid: account.sid,
    inboundUrl: `${lab.customer.url}/in`,
  });
  const { status, json } = await lab.call('POST', `/handsets/${to}/messages`, {
    to: from,
    body: 'Grüße & Küsse',
  });
  assert.equal(status, 201);
  assert.ok(typeof json === 'object' && json !== null && 'webhook' in json);
  assert.deepEqual(json.webhook, { status: 200 });
  const [one] = lab.customer.received;
  assert.ok(one && isSigned(lab, one));
  assert.equal(formOf(one).Body, 'Grüße & Küsse');
  assert.equal(formOf(one).From, to);
  assert.equal((await lab.ledger()).length, 0);
  assert.equal(
    (await lab.call('POST', `/handsets/${to}/messages`, { to: '+14155550999', body: 'x' })).status,
    404,
  );
});

test('a handset that writes nothing, or is no phone, is refused', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', `/numbers/${from}`, { accountSid: account.sid });
  const refusals: [handset: string, body: unknown, words: RegExp][] = [
    [to, { to: from }, /body: what the person writes is missing/],
    [to, { to: from, body: '' }, /body: what the person writes is missing/],
    [to, { to: from, body: 'a', text: 'b' }, /text: the same as body/],
    [to, { to: from, message: 'a' }, /message: unknown; there are to, body, text/],
    [to, { to: from, body: '\ud800' }, /body: holds half of a surrogate pair/],
    ['hello', { to: from, body: 'a' }, /number: hello is no phone number/],
  ];
  for (const [handset, body, words] of refusals) {
    const { status, json } = await lab.call('POST', `/handsets/${handset}/messages`, body);
    assert.equal(status, 400, JSON.stringify(json));
    assert.match(JSON.stringify(json), words);
  }
  const { json } = await lab.call('GET', `/handsets/${to}/messages`);
  assert.deepEqual(json, { messages: [] });
});

test('a toll-free network blocks at STOP alone and answers itself', async (t) => {
  const lab = await startLab(t);
  const tollFree = '+18005550100';
  await lab.call('PUT', `/accounts/${account.sid}`, { authToken: account.token });
  await lab.call('PUT', `/numbers/${tollFree}`, {
    accountSid: account.sid,
    inboundUrl: `${lab.customer.url}/in`,
  });
  const say = (body: string) => lab.call('POST', `/handsets/${to}/messages`, { to: tollFree, body });
  const send = () => lab.text({ From: tollFree, To: to, Body: 'Hi' });
  await say('stopall');
  assert.equal((await send()).status, 201);
  await say(' stop ');
  assert.equal((await send()).status, 400);
  assert.deepEqual((await lab.call('GET', '/attempts/count')).json, { count: 1, codes: { 21610: 1 } });
  assert.equal((await lab.text({ From: from, To: to, Body: 'Hi' })).status, 201);
  await lab.restart();
  assert.equal((await send()).status, 400);
  await say('UNSTOP');
  assert.equal((await send()).status, 201);
  const { json } = await lab.call('GET', `/handsets/${to}/messages`);
  assert.equal(JSON.stringify(json).match(/NETWORK MSG/g)?.length, 2);
  assert.equal((await lab.ledger()).length, 3);
});

test('where the carrier obeys opt-outs, long codes are blocked too and the webhook says so', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', `/accounts/${account.sid}`, { authToken: account.token });
  await lab.call('PUT', `/numbers/${from}`, {
    accountSid: account.sid,
    inboundUrl: `${lab.customer.url}/in`,
  });
  await lab.call('PUT', '/behaviour', { carrierOptOut: true });
  await lab.call('POST', `/handsets/${to}/messages`, { to: from, body: 'Stop' });
  assert.equal(formOf(lab.customer.received[0]!).OptOutType, 'STOP');
  assert.equal((await lab.text({ From: from, To: to, Body: 'Hi' })).status, 400);
});
