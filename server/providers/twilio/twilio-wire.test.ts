import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loopbackAllowed } from '../../testing/outbound.ts';
import { createExchanges } from '../exchange.ts';
import type { OutgoingMessage } from '../sending.ts';
import { startHttpProvider } from '../testing/http-provider.ts';
import { describeWireContract } from '../wire.contract.ts';
import type { TwilioAccount } from './account.ts';
import { createTwilioWire } from './twilio-wire.ts';

const message: OutgoingMessage = {
  reference: 'msg_1',
  from: '+15005550006',
  to: '+14155550132',
  content: { kind: 'sms', body: 'Olá Ana & Zoë, 100% off: https://ex.am/p/1' },
  callbackUrl: 'https://carillon.example/callbacks/twilio/msg_1?a=b',
};

const accountAt = (baseUrl: string): TwilioAccount => ({
  id: 1,
  wire: 'twilio',
  baseUrl,
  accountSid: 'AC0123',
  authToken: 'secret',
});

const taken = { status: 201, body: { sid: 'SM1', status: 'queued', num_segments: '2', error_code: null } };
const error = (status: number, code: number) => ({
  status,
  body: { code, message: `error ${code}`, status },
});

describeWireContract('Twilio', {
  wire: createTwilioWire(createExchanges(loopbackAllowed)),
  message,
  provider: () => startHttpProvider(accountAt),
  nobody: (port) => accountAt(`http://127.0.0.1:${port}`),
  accepting: taken,
  providerMessageId: 'SM1',
  refusals: [
    { says: 'a number that is none', answer: error(400, 21211), errorClass: 'badAddress', code: '21211' },
    {
      says: 'a recipient who opted out there',
      answer: error(400, 21610),
      errorClass: 'optedOut',
      code: '21610',
    },
    { says: 'a body too long', answer: error(400, 21617), errorClass: 'content', code: '21617' },
    { says: 'a sender not registered', answer: error(400, 30034), errorClass: 'sender', code: '30034' },
    { says: 'a wrong token', answer: error(401, 20003), errorClass: 'account', code: '20003' },
    {
      says: 'a rate answer with a wait',
      answer: { ...error(429, 20429), headers: { 'retry-after': '3' } },
      errorClass: 'throttled',
      code: '20429',
      retryAfterMs: 3000,
    },
    {
      says: 'a rate answer without a body',
      answer: { status: 429, body: '' },
      errorClass: 'throttled',
      code: 'HTTP_429',
      retryAfterMs: 1000,
    },
    {
      says: 'a fault that names the rate',
      answer: error(503, 20429),
      errorClass: 'throttled',
      code: '20429',
    },
    {
      says: 'an unknown code of a refusal',
      answer: error(400, 99999),
      errorClass: 'permanent',
      code: '99999',
    },
    {
      says: 'a message that failed at once',
      answer: { status: 201, body: { sid: 'SM1', status: 'failed', error_code: 30006 } },
      errorClass: 'badAddress',
      code: '30006',
    },
  ],
});

test('posts the form that Twilio reads, signed with the account', async (t) => {
  const provider = await startHttpProvider(accountAt);
  const wire = createTwilioWire(createExchanges(loopbackAllowed));
  t.after(() => Promise.all([provider.close(), wire.close?.()]));
  provider.turn({ do: 'answer', answer: taken });
  const mediaUrls = ['https://ex.am/a.png?x=1&y=2', 'https://ex.am/b.vcf'];
  const mms = { ...message, content: { kind: 'sms' as const, body: 'look', mediaUrls } };
  const result = await wire.send(provider.account, mms, { onDeparted() {} });
  assert.deepEqual(result, { outcome: 'accepted', providerMessageId: 'SM1', segments: 2 });
  const request = provider.requests[0];
  assert.equal(request?.url, '/2010-04-01/Accounts/AC0123/Messages.json');
  assert.equal(request?.headers.authorization, `Basic ${Buffer.from('AC0123:secret').toString('base64')}`);
  assert.equal(request?.headers['content-type'], 'application/x-www-form-urlencoded');
  const form = new URLSearchParams(request?.body);
  assert.equal(form.get('To'), message.to);
  assert.equal(form.get('From'), message.from);
  assert.equal(form.get('Body'), 'look');
  assert.deepEqual(form.getAll('MediaUrl'), mediaUrls);
  assert.equal(form.get('StatusCallback'), `${message.callbackUrl}#rc=5&rp=all`);
});

test('any text arrives as it was written', async (t) => {
  const provider = await startHttpProvider(accountAt);
  const wire = createTwilioWire(createExchanges(loopbackAllowed));
  t.after(() => Promise.all([provider.close(), wire.close?.()]));
  provider.turn({ do: 'answer', answer: taken });
  const text = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(text, async (body) => {
      await wire.send(provider.account, { ...message, content: { kind: 'sms', body } }, { onDeparted() {} });
      assert.equal(new URLSearchParams(provider.requests.at(-1)?.body).get('Body'), body);
    }),
    { numRuns: 60 },
  );
  const lone = await wire.send(
    provider.account,
    { ...message, content: { kind: 'sms', body: 'half \ud83d' } },
    { onDeparted() {} },
  );
  assert.equal(lone.outcome, 'accepted');
});

test('a provider silent beyond the limit leaves the fate unknown', async (t) => {
  const provider = await startHttpProvider(accountAt);
  const wire = createTwilioWire(createExchanges(loopbackAllowed, { answerTimeoutMs: 20 }));
  t.after(() => Promise.all([wire.close?.(), provider.close()]));
  provider.turn({ do: 'hold', answer: taken });
  const result = await wire.send(provider.account, message, { onDeparted() {} });
  assert.equal(result.outcome, 'unknown');
});

test('a fault, an answer from a gateway, or one without a sid leaves the fate unknown', async (t) => {
  const provider = await startHttpProvider(accountAt);
  const wire = createTwilioWire(createExchanges(loopbackAllowed));
  t.after(() => Promise.all([provider.close(), wire.close?.()]));
  for (const answer of [
    { status: 504, body: 'gateway' },
    { status: 500, body: '<html>' },
    error(500, 20500),
    error(503, 99999),
    { status: 201, body: '{"sid":' },
  ]) {
    provider.turn({ do: 'answer', answer });
    assert.equal((await wire.send(provider.account, message, { onDeparted() {} })).outcome, 'unknown');
  }
});

test('an account without a usable address is refused as such', async () => {
  const wire = createTwilioWire(createExchanges(loopbackAllowed));
  let departures = 0;
  const result = await wire.send(accountAt('not a url'), message, { onDeparted: () => void departures++ });
  assert.ok(result.outcome === 'refused');
  assert.equal(result.errorClass, 'account');
  assert.equal(departures, 1);
});
