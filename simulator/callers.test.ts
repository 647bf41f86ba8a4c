import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startSimulator } from './index.ts';
import { account, type Lab, startLab } from './testing/lab.ts';

const handset = '+12125550132';
const ours = '+14155550100';

/** Calls as a browser might: with any headers, `Host` among them. */
async function callAs(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; text: string }> {
  const asking = request(url + path, { method, headers: { 'content-length': body.length, ...headers } });
  asking.end(body);
  const [answer] = await once(asking, 'response');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode, text };
}

const json = { 'content-type': 'application/json' };
const stop = JSON.stringify({ to: ours, body: 'STOP' });

async function labWithMessage(t: TestContext): Promise<Lab> {
  const lab = await startLab(t);
  await lab.call('PUT', `/accounts/${account.sid}`, { authToken: account.token });
  await lab.call('PUT', `/numbers/${ours}`, { accountSid: account.sid });
  assert.equal((await lab.text({ From: ours, To: handset, Body: 'Hi' })).status, 201);
  return lab;
}

test('a page that has its own name resolve to this machine sees and changes nothing', async (t) => {
  const lab = await labWithMessage(t);
  const { url, port } = lab.simulator;
  const basic = { authorization: `Basic ${btoa(`${account.sid}:${account.token}`)}` };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const messages = `/2010-04-01/Accounts/${account.sid}/Messages.json`;
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1.evil.example',
    '10.1.2.3',
    'localhost.',
  ])
    for (const [method, path, headers, body] of [
      ['GET', '/ledger', {}, ''],
      ['DELETE', '/ledger', {}, ''],
      ['GET', `/handsets/${handset}/messages`, {}, ''],
      ['POST', `/handsets/${handset}/messages`, json, stop],
      ['GET', '/', {}, ''],
      ['GET', messages, basic, ''],
      ['POST', messages, { ...basic, ...form }, `From=${ours}&To=${handset}&Body=Hi`],
      ['GET', '/v23.0/app', { authorization: 'Bearer any' }, ''],
    ] as const) {
      const { status, text } = await callAs(url, method, path, { ...headers, host }, body);
      assert.equal(status, 403, `${host} ${method} ${path}`);
      assert.match(text, /Host: .* SIMULATOR_HOSTS/);
    }
  assert.equal((await lab.ledger()).length, 1);
  for (const host of ['localhost', `LocalHost:${port}`, '127.0.0.1', `127.9.9.9:1`, '[::1]:4010'])
    assert.equal((await callAs(url, 'GET', '/ledger', { host })).status, 200, host);
});

test('whoever runs it names the hosts it may be called by besides', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-simulator-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const simulator = await startSimulator({
    ...{ port: 0, smtpPort: 0, host: '0.0.0.0', dataDir },
    hosts: ['carriers', 'lab.example'],
  });
  t.after(() => simulator.close());
  const { url, port } = simulator;
  assert.equal(url, `http://127.0.0.1:${port}`);
  for (const host of [`carriers:${port}`, 'Lab.Example', `0.0.0.0:${port}`, '127.0.0.1'])
    assert.equal((await callAs(url, 'GET', '/ledger', { host })).status, 200, host);
  assert.equal((await callAs(url, 'GET', '/ledger', { host: 'other.example' })).status, 403);
});

test('a page elsewhere can opt nobody out and empty no ledger, on the wires neither', async (t) => {
  const lab = await labWithMessage(t);
  const { url } = lab.simulator;
  const basic = { authorization: `Basic ${btoa(`${account.sid}:${account.token}`)}` };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const messages = `/2010-04-01/Accounts/${account.sid}/Messages.json`;
  const foreigners: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:3000' },
    { origin: `${url}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: url, 'sec-fetch-site': 'cross-site' },
  ];
  for (const foreign of foreigners)
    for (const [method, path, headers, body] of [
      ['POST', `/handsets/${handset}/messages`, json, stop],
      ['DELETE', '/ledger', {}, ''],
      ['PUT', '/behaviour', json, '{"loss":1}'],
      ['POST', messages, { ...basic, ...form }, `From=${ours}&To=${handset}&Body=Hi`],
    ] as const) {
      const { status, text } = await callAs(url, method, path, { ...headers, ...foreign }, body);
      assert.equal(status, 403, `${JSON.stringify(foreign)} ${method} ${path}: ${text}`);
    }
  assert.equal((await lab.ledger()).length, 1);
  // Its own page may, and so may a program, which sends neither.
  const own = { ...json, origin: url, 'sec-fetch-site': 'same-origin' };
  const path = `/handsets/${handset}/messages`;
  assert.equal((await callAs(url, 'POST', path, own, JSON.stringify({ to: ours, body: 'Hi' }))).status, 201);
  assert.equal((await callAs(url, 'POST', path, json, stop)).status, 201);
  assert.equal((await callAs(url, 'DELETE', '/ledger', { 'sec-fetch-site': 'none' })).status, 204);
});

test('no other page may frame the handsets, and none may read them as a script or picture', async (t) => {
  const { simulator } = await startLab(t);
  const { headers } = await fetch(`${simulator.url}/`);
  assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  const ledger = (await fetch(`${simulator.url}/ledger`)).headers;
  assert.equal(ledger.get('x-content-type-options'), 'nosniff');
  assert.equal(ledger.get('cross-origin-resource-policy'), 'same-origin');
});

test('plain text, forms and bodies of no type are taken as JSON by no call, and the refusal says what to send', async (t) => {
  const lab = await labWithMessage(t);
  const { url } = lab.simulator;
  for (const type of [
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    null,
  ])
    for (const [method, path, body] of [
      ['POST', `/handsets/${handset}/messages`, stop],
      ['PUT', '/behaviour', '{"loss":1}'],
      ['PUT', `/numbers/${ours}`, JSON.stringify({ accountSid: account.sid })],
    ] as const) {
      const headers: Record<string, string> = type === null ? {} : { 'content-type': type };
      const { status, text } = await callAs(url, method, path, headers, body);
      assert.equal(status, 415, `${type} ${method} ${path}: ${text}`);
      assert.match(text, /content-type: application\/json/);
    }
  assert.equal((await lab.ledger()).length, 1);
  const utf8 = { 'content-type': 'application/json; charset=utf-8' };
  assert.equal((await callAs(url, 'PUT', '/behaviour', utf8, '{"loss":0}')).status, 200);
  assert.equal((await callAs(url, 'DELETE', '/ledger', {})).status, 204);
});

/** Everything that is said on a connection until the other side ends it. */
async function heard(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return text;
}

test('what begins and never ends is hung up on, on every wire and in the mail', {
  timeout: 60_000,
}, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-simulator-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const simulator = await startSimulator({
    ...{ port: 0, smtpPort: 0, host: '127.0.0.1', dataDir },
    patienceMs: 200,
  });
  t.after(() => simulator.close());
  const head = (path: string, type: string, more = '') =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: 1000\r\n${more}\r\nx`;
  const begun = [
    'GET /ledger HTTP/1.1\r\nHost: localhost\r\n',
    head(`/handsets/${handset}/messages`, 'application/json'),
    head(
      '/2010-04-01/Accounts/AC01/Messages.json',
      'application/x-www-form-urlencoded',
      `Authorization: Basic ${btoa('AC01:token')}\r\n`,
    ),
    head('/v23.0/1/messages', 'application/json', 'Authorization: Bearer any\r\n'),
  ];
  for (const words of begun) {
    const socket = connect(simulator.port, '127.0.0.1');
    socket.write(words);
    assert.match(await heard(socket), /^HTTP\/1\.1 408 /, words);
  }
  const mail = connect(simulator.smtpPort, '127.0.0.1');
  for (const line of ['EHLO me', 'MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA']) {
    await once(mail, 'data');
    mail.write(`${line}\r\n`);
  }
  await once(mail, 'data');
  mail.write('Subject: never done\r\n');
  assert.match(await heard(mail), /^421 /);
  const { messages } = await (await fetch(`${simulator.url}/ledger`)).json();
  assert.deepEqual(messages, []);
});

test('what is too long, or comes without a key, is answered before it is read', async (t) => {
  const { simulator } = await startLab(t);
  const head = (path: string, length: number, authorization: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${authorization}Content-Length: ${length}\r\n\r\nx`;
  for (const [path, length, authorization, status] of [
    ['/2010-04-01/Accounts/AC01/Messages.json', 100, '', 401],
    ['/2010-04-01/Accounts/AC01/Messages.json', 2_000_000, `Authorization: Basic ${btoa('AC01:t')}\r\n`, 400],
    ['/v23.0/1/messages', 100, '', 401],
    ['/v23.0/1/messages', 12_000_000, 'Authorization: Bearer any\r\n', 400],
    ['/v23.0/1/media', 200_000_000, 'Authorization: Bearer any\r\n', 400],
  ] as const) {
    const socket = connect(simulator.port, '127.0.0.1');
    socket.write(head(path, length, authorization));
    const text = await heard(socket);
    assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `), `${path} ${length}: ${text}`);
  }
});

test('a mail over the limit is refused and is in no ledger, though it is sent to its end', async (t) => {
  const lab = await startLab(t);
  const mail = connect(lab.simulator.smtpPort, '127.0.0.1');
  for (const line of ['EHLO me', 'MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA']) {
    await once(mail, 'data');
    mail.write(`${line}\r\n`);
  }
  await once(mail, 'data');
  mail.write('Subject: long\r\n\r\n');
  const line = `${'x'.repeat(998)}\r\n`.repeat(1000);
  for (let part = 0; part < 26; part += 1) if (!mail.write(line)) await once(mail, 'drain');
  mail.write('\r\n.\r\n');
  const [reply] = await once(mail, 'data');
  assert.match(String(reply), /^552 /);
  mail.end();
  assert.deepEqual(await lab.ledger(), []);
});
