import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLab } from './testing/lab.ts';

const from = '+14155550100';
const to = '+12125550132';
const quick = { receiptDelayMs: { min: 0, max: 0 }, read: 0 };

test('rate answers are 429 with 20429 and are no messages', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { ...quick, rateAnswers: 1 });
  const { status, json } = await lab.text({ From: from, To: to, Body: 'Hi' });
  assert.equal(status, 429);
  assert.ok(typeof json === 'object' && json !== null && 'code' in json);
  assert.equal(json.code, 20429);
  assert.deepEqual((await lab.call('GET', '/ledger/count')).json, { count: 0 });
  assert.deepEqual((await lab.call('GET', `/attempts/count?from=${from}`)).json, {
    count: 1,
    codes: { 20429: 1 },
  });
});

test('a sender beyond its messages per second is answered 429, others are not', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { ...quick, number: from, mps: 3 });
  const send = (sender: string) => lab.text({ From: sender, To: to, Body: 'Hi' });
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(from)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 201, 429, 429]);
  assert.equal((await send('+14155550101')).status, 201);
});

test('REST errors are answered, carrier errors come as receipts', async (t) => {
  const lab = await startLab(t);
  const callback = { StatusCallback: `${lab.customer.url}/status` };
  await lab.call('PUT', '/behaviour', { ...quick, errors: { 21610: 1, 131026: 1 } });
  assert.equal((await lab.text({ From: from, To: to, Body: 'Hi', ...callback })).status, 400);
  await lab.call('PUT', '/behaviour', { ...quick, errors: { 30005: 1 } });
  assert.equal((await lab.text({ From: from, To: to, Body: 'Hi', ...callback })).status, 201);
  const receipts = await lab.customer.until((all) => all.length === 2);
  const last = new URLSearchParams(receipts[1]?.body);
  assert.equal(last.get('MessageStatus'), 'undelivered');
  assert.equal(last.get('ErrorCode'), '30005');
  const [message] = await lab.ledger();
  assert.equal(message?.status, 'undelivered');
  assert.equal(message?.errorCode, 30005);
});

test('a handset can have an error of its own', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { number: to, errors: { 21211: 1 } });
  assert.equal((await lab.text({ From: from, To: to, Body: 'Hi' })).status, 400);
  assert.equal((await lab.text({ From: from, To: '+12125550133', Body: 'Hi' })).status, 201);
  await lab.call('DELETE', '/behaviour');
  assert.equal((await lab.text({ From: from, To: to, Body: 'Hi' })).status, 201);
});

test('duplicates double every callback', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { ...quick, duplicates: 1 });
  await lab.text({ From: from, To: to, Body: 'Hi', StatusCallback: `${lab.customer.url}/status` });
  const receipts = await lab.customer.until((all) => all.length === 4);
  const statuses = receipts.map(({ body }) => new URLSearchParams(body).get('MessageStatus'));
  assert.deepEqual(statuses.sort(), ['delivered', 'delivered', 'sent', 'sent']);
});

test('out of order, the end comes first, and the ledger still tells the truth', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { ...quick, outOfOrder: 1 });
  await lab.text({ From: from, To: to, Body: 'Hi', StatusCallback: `${lab.customer.url}/status` });
  const receipts = await lab.customer.until((all) => all.length === 2);
  const statuses = receipts.map(({ body }) => new URLSearchParams(body).get('MessageStatus'));
  assert.deepEqual(statuses, ['delivered', 'sent']);
  assert.equal((await lab.ledger())[0]?.status, 'delivered');
});

test('a dropped answer is a message nevertheless', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { ...quick, dropAnswer: 1 });
  await assert.rejects(lab.text({ From: from, To: to, Body: 'Hi' }));
  assert.equal((await lab.ledger()).length, 1);
});

test('lost receipts never come, and the message stays sent', async (t) => {
  const lab = await startLab(t);
  const callback = { StatusCallback: `${lab.customer.url}/status` };
  await lab.call('PUT', '/behaviour', { ...quick, number: to, loss: 1 });
  await lab.text({ From: from, To: to, Body: 'Lost', ...callback });
  await lab.text({ From: from, To: '+12125550133', Body: 'Told', ...callback });
  const receipts = await lab.customer.until((all) => all.length === 2);
  assert.ok(receipts.every(({ body }) => new URLSearchParams(body).get('To') === '+12125550133'));
  assert.equal((await lab.ledger({ to }))[0]?.status, 'sent');
});

test('a behaviour is taken in every obvious shape and shown in one', async (t) => {
  const lab = await startLab(t);
  const shown = async (path: string, body: unknown) => {
    const { status, json } = await lab.call('PUT', path, body);
    assert.equal(status, 200, JSON.stringify(json));
    return json;
  };
  const errors = { 30003: 0.5, 92007: 0.5 };
  const wanted = { latencyMs: { min: 500, max: 500 }, loss: 0.1, rateAnswers: 0.2, errors };
  const shapes = [
    { latencyMs: { min: 500, max: 500 }, loss: 0.1, rateAnswers: 0.2, errors },
    { latency: 500, loss: 0.1, rate: 0.2, errorShares: errors },
    {
      latencyMs: 500,
      loss: 0.1,
      rateAnswer: 0.2,
      errors: [
        { code: 30003, share: 0.5 },
        { code: '92007', share: 0.5 },
      ],
    },
  ];
  for (const shape of shapes) {
    assert.partialDeepStrictEqual(await shown('/behaviour', shape), { all: wanted, numbers: {} });
    assert.partialDeepStrictEqual(await shown('/behaviour', { ...shape, number: 'all' }), { numbers: {} });
    for (const name of ['number', 'to', 'from'])
      assert.partialDeepStrictEqual(await shown('/behaviour', { ...shape, [name]: '(212) 555-0132' }), {
        numbers: { [to]: wanted },
      });
    assert.partialDeepStrictEqual(await shown(`/behaviour/${to}`, shape), { numbers: { [to]: wanted } });
    await lab.call('DELETE', `/behaviour/${to}`);
    assert.partialDeepStrictEqual(await shown('/behaviour', {}), {
      all: { loss: 0, errors: {} },
      numbers: {},
    });
  }
});

test('what a behaviour does not have is refused by name, and nothing changes', async (t) => {
  const lab = await startLab(t);
  const before = (await lab.call('GET', '/behaviour')).json;
  const refusals: [body: unknown, words: RegExp][] = [
    [{ lag: 500 }, /^lag: unknown; there are number, latencyMs, .*rateAnswers/],
    [{ loss: 2 }, /^loss: must be a share from 0 to 1/],
    [{ loss: '1' }, /^loss: must be a share/],
    [{ latency: '500' }, /^latencyMs: must be milliseconds/],
    [{ latencyMs: { min: 2, max: 1 } }, /^latencyMs: min 2 is more than max 1/],
    [{ latency: 1, latencyMs: 2 }, /^latencyMs: .*two names/],
    [{ errors: { abc: 0.5 } }, /^errors.abc: unknown; error codes/],
    [{ errors: { 30003: 0.7, 30005: 0.7 } }, /^errors: the shares of twilio/],
    [{ mps: 1e11 }, /^mps: must be posts a second above 0 and up to 10000/],
    [{ to: '+12125550132', number: '+12125550133', loss: 1 }, /^number: .*two names/],
    [[], /^body: /],
  ];
  for (const [body, words] of refusals) {
    const { status, json } = await lab.call('PUT', '/behaviour', body);
    assert.equal(status, 400, JSON.stringify(body));
    assert.ok(typeof json === 'object' && json !== null && 'message' in json);
    assert.match(String(json.message), words);
  }
  assert.deepEqual((await lab.call('GET', '/behaviour')).json, before);
});

test("an error is met only on its own wire, also a Twilio code of Meta's size", async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { ...quick, errors: { 92007: 1, 80007: 1 } });
  assert.partialDeepStrictEqual(await lab.text({ From: from, To: to, Body: 'Hi' }), {
    status: 400,
    json: { code: 92007 },
  });
});
