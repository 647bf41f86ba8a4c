import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import { countSegments } from './ledger/segments.ts';
import { startLab } from './testing/lab.ts';

const from = '+14155550100';

test('the ledger filters, counts and pages in order of arrival', async (t) => {
  const lab = await startLab(t);
  for (let place = 0; place < 5; place += 1)
    await lab.text({
      From: place === 4 ? '+14155550101' : from,
      To: `+1212555013${place % 2}`,
      Body: `${place}`,
    });
  const bodies = async (query: Record<string, string>) => (await lab.ledger(query)).map(({ body }) => body);
  assert.deepEqual(await bodies({}), ['0', '1', '2', '3', '4']);
  assert.deepEqual(await bodies({ to: '+12125550130' }), ['0', '2', '4']);
  assert.deepEqual(await bodies({ from, to: '+12125550130' }), ['0', '2']);
  assert.deepEqual(await bodies({ wire: 'meta' }), []);
  const third = (await lab.ledger())[2];
  assert.deepEqual(await bodies({ after: third?.id ?? '' }), ['3', '4']);
  assert.deepEqual(await bodies({ after: new Date(Date.now() + 1000).toISOString() }), []);
  for (const after of ['2026-01-01T00:00:00Z', '2026-01-01', '2026-01-01 10:00', '1767225600', '0'])
    assert.deepEqual(await bodies({ after }), ['0', '1', '2', '3', '4'], after);
  assert.deepEqual(await bodies({ after: String(third?.seq) }), ['3', '4']);
  assert.deepEqual(await bodies({ after: String(Date.now() + 1000) }), []);
  assert.deepEqual(await bodies({ to: '(212) 555-0130', from: '1-415-555-0100' }), ['0', '2']);
  assert.deepEqual(await bodies({ wire: 'SMS' }), ['0', '1', '2', '3', '4']);
  assert.deepEqual(await bodies({ wire: 'whatsApp' }), []);
  assert.deepEqual(await bodies({ offset: '1', limit: '2' }), ['1', '2']);
  assert.deepEqual(await bodies({ page: '2', limit: '2', to: '+12125550130' }), ['4']);
  for (const [query, words] of [
    ['after=nonsense', /^after: "nonsense" is neither/],
    ['wire=fax', /^wire: "fax" is none of twilio, meta, smtp/],
    ['skip=1', /^skip: unknown; there are to, from, wire, after, limit, cursor, offset, page/],
    ['limit=many', /^limit: must be a whole number from 1/],
    ['to=', /^to: must be a number or another address; leave it out/],
    ['page=0', /^page: must be a whole number from 1/],
    ['page=2&offset=3', /give one$/],
  ] as const) {
    const { status, json } = await lab.call('GET', `/ledger?${query}`);
    assert.equal(status, 400, query);
    assert.ok(typeof json === 'object' && json !== null && 'message' in json);
    assert.match(String(json.message), words);
  }
  assert.deepEqual((await lab.call('GET', `/ledger/count?from=${from}`)).json, { count: 4 });
  const seen: string[] = [];
  let cursor: string | null = '0';
  while (cursor !== null) {
    const { json }: { json: unknown } = await lab.call(
      'GET',
      `/ledger?from=${from}&limit=3&cursor=${cursor}`,
    );
    assert.ok(typeof json === 'object' && json !== null && 'next' in json && 'messages' in json);
    assert.ok(Array.isArray(json.messages));
    seen.push(...json.messages.map(({ body }) => body));
    cursor = json.next === null ? null : String(json.next);
  }
  assert.deepEqual(seen, ['0', '1', '2', '3']);
});

test('a restart reads the ledger back, past a line cut off by a crash', async (t) => {
  const lab = await startLab(t);
  for (let place = 0; place < 50; place += 1)
    await lab.text({ From: from, To: '+12125550130', Body: `Line\u2028break ${place}\n` });
  const before = await lab.ledger();
  await appendFile(join(lab.dataDir, 'simulator', 'ledger.ndjson'), '{"seq":50,"id":"SM1","ki');
  await lab.restart();
  const after = await lab.ledger();
  assert.deepEqual(
    after.map(({ id, body, instant }) => ({ id, body, instant })),
    before.map(({ id, body, instant }) => ({ id, body, instant })),
  );
  await lab.text({ From: from, To: '+12125550130', Body: 'After' });
  await lab.restart();
  assert.equal((await lab.ledger({ after: before.at(-1)?.id ?? '' }))[0]?.body, 'After');
});

test('what is emptied stays empty', async (t) => {
  const lab = await startLab(t);
  await lab.text({ From: from, To: '+12125550130', Body: 'Gone' });
  assert.equal((await lab.call('DELETE', '/ledger')).status, 204);
  assert.deepEqual(await lab.ledger(), []);
  await lab.text({ From: from, To: '+12125550130', Body: 'New' });
  await lab.restart();
  assert.deepEqual(
    (await lab.ledger()).map(({ body }) => body),
    ['New'],
  );
});

test('what arrives while the ledger is emptied is there after a restart, and what came before is not', async (t) => {
  const lab = await startLab(t);
  const send = (body: string) => lab.text({ From: from, To: '+12125550130', Body: body });
  for (let round = 0; round < 20; round += 1) {
    const posts = Array.from({ length: 10 }, () => send('Some'));
    const emptied = lab.call('DELETE', '/ledger');
    await Promise.all([...posts, emptied]);
  }
  await send('Last');
  const ids = (await lab.ledger()).map(({ id }) => id);
  await lab.restart();
  assert.deepEqual(
    (await lab.ledger()).map(({ id }) => id),
    ids,
  );
});

test('mail is kept with its subject, parts and headers, once for each recipient', async (t) => {
  const lab = await startLab(t);
  const mailer = createTransport({ host: '127.0.0.1', port: lab.simulator.smtpPort, ignoreTLS: true });
  await mailer.sendMail({
    from: 'Shop <shop@example.com>',
    to: ['Ana@example.com', 'bo@example.com'],
    subject: 'Frühling',
    text: 'Hello',
    html: '<p>Hello</p>',
    headers: { 'X-Carillon-Message': 'm-1', 'List-Unsubscribe': '<https://shop.example/u/1>' },
  });
  const [mail] = await lab.ledger({ to: 'ana@example.com', wire: 'smtp' });
  assert.ok(mail?.wire === 'smtp');
  assert.equal(mail.subject, 'Frühling');
  assert.equal(mail.body.trim(), 'Hello');
  assert.equal(mail.html?.trim(), '<p>Hello</p>');
  assert.equal(mail.reference, 'm-1');
  assert.equal(mail.headers['list-unsubscribe'], '<https://shop.example/u/1>');
  assert.equal((await lab.ledger({ wire: 'smtp' })).length, 2);
  await lab.call('PUT', '/behaviour', { number: 'bo@example.com', errors: { 550: 1 } });
  await assert.rejects(mailer.sendMail({ from: 'shop@example.com', to: 'bo@example.com', text: 'x' }), {
    responseCode: 550,
  });
});

test('handsets are listed latest first, with both sides of the thread', async (t) => {
  const lab = await startLab(t);
  await lab.text({ From: from, To: '+12125550130', Body: 'One' });
  await lab.text({ From: from, To: '+12125550131', Body: 'Two' });
  const { json } = await lab.call('GET', '/handsets');
  assert.ok(typeof json === 'object' && json !== null && 'handsets' in json && Array.isArray(json.handsets));
  assert.deepEqual(
    json.handsets.map(({ number }) => number),
    ['+12125550131', '+12125550130'],
  );
});

test('a tap opens a link as a phone does and does not follow it', async (t) => {
  const lab = await startLab(t);
  lab.customer.answers.push(302);
  const { json } = await lab.call('POST', '/handsets/+12125550130/taps', {
    url: `${lab.customer.url}/l/1`,
  });
  assert.deepEqual(json, { status: 302, location: null });
  assert.match(lab.customer.received[0]?.headers['user-agent'] ?? '', /iPhone/);
});

test('parts of a text: 160 and 153 in GSM-7, 70 and 67 in UCS-2', () => {
  assert.deepEqual(
    [
      'a'.repeat(160),
      'a'.repeat(161),
      'a'.repeat(307),
      `${'a'.repeat(159)}€`,
      'ж'.repeat(70),
      'ж'.repeat(71),
    ].map(countSegments),
    [1, 2, 3, 2, 1, 2],
  );
});
