import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loopbackAllowed } from '../../testing/outbound.ts';
import { createExchanges } from '../exchange.ts';
import type { OutgoingMessage } from '../sending.ts';
import { type HttpAnswer, type SeenRequest, startHttpProvider } from '../testing/http-provider.ts';
import type { TwilioAccount } from './account.ts';
import { createTwilioWire } from './twilio-wire.ts';

const since = new Date('2026-03-01T12:00:00Z');
const message: OutgoingMessage = {
  reference: 'msg_1',
  from: '+15005550006',
  to: '+14155550132',
  content: { kind: 'sms', body: 'Hello Ana' },
};

const accountAt = (baseUrl: string): TwilioAccount => ({
  id: 1,
  wire: 'twilio',
  baseUrl,
  accountSid: 'AC0123',
  authToken: 'secret',
});

/** A message as Twilio lists it, sent `seconds` after `since`. */
const listed = (sid: string, seconds: number, more: Record<string, unknown> = {}) => ({
  sid,
  to: message.to,
  from: message.from,
  body: 'Hello Ana',
  status: 'sent',
  direction: 'outbound-api',
  date_created: new Date(since.getTime() + seconds * 1000).toUTCString(),
  ...more,
});

async function lookUp(answer: (request: SeenRequest) => HttpAnswer, known: string[] = []) {
  const provider = await startHttpProvider(accountAt);
  provider.answerWith(answer);
  const wire = createTwilioWire(createExchanges(loopbackAllowed));
  try {
    const result = await wire.lookUp?.(provider.account, message, since, new Set(known));
    return { result, requests: provider.requests };
  } finally {
    await wire.close?.();
    await provider.close();
  }
}

const page = (messages: unknown[], next: string | null = null): HttpAnswer => ({
  status: 200,
  body: { messages, next_page_uri: next },
});

test('asks by recipient, sender and instant, and finds the message', async () => {
  const { result, requests } = await lookUp(() => page([listed('SM1', 2, { status: 'delivered' })]));
  assert.deepEqual(result, { outcome: 'found', providerMessageId: 'SM1', status: 'delivered' });
  const query = new URL(requests[0]?.url ?? '', 'http://x').searchParams;
  assert.equal(query.get('To'), message.to);
  assert.equal(query.get('From'), message.from);
  assert.equal(query.get('DateSent>'), '2026-03-01T11:59:00.000Z');
});

test('of several that fit, the oldest not yet known is taken', async () => {
  const list = page([listed('SM3', 9), listed('SM2', 4), listed('SM1', 4)]);
  const found = async (known: string[]) => {
    const { result } = await lookUp(() => list, known);
    return result?.outcome === 'found' ? result.providerMessageId : result?.outcome;
  };
  assert.equal(await found([]), 'SM1');
  assert.equal(await found(['SM1']), 'SM2');
  assert.equal(await found(['SM1', 'SM2']), 'SM3');
  assert.equal(await found(['SM1', 'SM2', 'SM3']), 'unknown');
});

test('another body, another direction or an older message is not it', async () => {
  const others = [
    listed('SM1', 1, { body: 'Hello Zoe' }),
    listed('SM2', 1, { direction: 'inbound' }),
    listed('SM3', -3600),
    listed('SM4', 1, { to: '+14155550199' }),
  ];
  assert.deepEqual((await lookUp(() => page(others))).result, { outcome: 'unknown' });
});

test('looks through all pages', async () => {
  const next = '/2010-04-01/Accounts/AC0123/Messages.json?Page=1&PageToken=PASM1';
  const { result, requests } = await lookUp((request) =>
    request.url.includes('Page=1')
      ? page([listed('SM1', 1)])
      : page([listed('SM9', 5, { body: 'other' })], next),
  );
  assert.equal(result?.outcome, 'found');
  assert.equal(requests[1]?.url, next);
});

test('a failed one comes with its code; one that waits counts as sent', async () => {
  const failed = await lookUp(() => page([listed('SM1', 1, { status: 'undelivered', error_code: 30003 })]));
  assert.deepEqual(failed.result, {
    outcome: 'found',
    providerMessageId: 'SM1',
    status: 'failed',
    code: '30003',
  });
  const queued = await lookUp(() => page([listed('SM1', 1, { status: 'queued' })]));
  assert.equal(queued.result?.outcome === 'found' && queued.result.status, 'sent');
});

test('a provider that does not answer properly has said nothing of the message', async () => {
  for (const answer of [
    { status: 500, body: 'no' },
    { status: 200, body: 'no' },
    { status: 200, body: {} },
  ]) {
    assert.equal((await lookUp(() => answer)).result?.outcome, 'unreachable');
  }
  const wire = createTwilioWire(createExchanges(loopbackAllowed));
  const result = await wire.lookUp?.(accountAt('http://127.0.0.1:9'), message, since, new Set());
  assert.equal(result?.outcome, 'unreachable');
});
