import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseInbound, parseStatusCallback } from './callback.ts';

const now = new Date('2026-03-01T12:00:00Z');

test('a delivery is a receipt for the message its URL names', () => {
  const receipt = parseStatusCallback(
    { MessageSid: 'SM1', MessageStatus: 'delivered', New: 'x' },
    'msg_1',
    now,
  );
  assert.deepEqual(receipt, { reference: 'msg_1', providerMessageId: 'SM1', status: 'delivered', at: now });
});

test('undelivered and failed are failures with their code and a reason in words', () => {
  for (const MessageStatus of ['undelivered', 'failed']) {
    const receipt = parseStatusCallback(
      { MessageSid: 'SM1', MessageStatus, ErrorCode: '30003' },
      'msg_1',
      now,
    );
    assert.equal(receipt?.status, 'failed');
    assert.equal(receipt?.code, '30003');
    assert.equal(receipt?.detail, 'handset unreachable');
  }
});

test('a status before sent, an unknown one or no message at all says nothing', () => {
  for (const MessageStatus of ['queued', 'accepted', 'sending', 'scheduled', 'constructor', '']) {
    assert.equal(parseStatusCallback({ MessageSid: 'SM1', MessageStatus }, 'msg_1', now), null);
  }
  assert.equal(parseStatusCallback({ MessageStatus: 'sent' }, 'msg_1', now), null);
});

test('an inbound MMS has its words, its media and what Twilio did about STOP', () => {
  const inbound = parseInbound(
    {
      MessageSid: 'MM1',
      From: '+14155550132',
      To: '+15005550006',
      Body: 'stop',
      NumMedia: '2',
      MediaUrl0: 'https://m.example/0',
      MediaContentType0: 'image/png',
      MediaUrl1: 'https://m.example/1',
      OptOutType: 'STOP',
    },
    now,
  );
  assert.deepEqual(inbound, {
    wire: 'twilio',
    providerMessageId: 'MM1',
    to: '+15005550006',
    from: { phone: '+14155550132' },
    body: 'stop',
    media: [
      { url: 'https://m.example/0', contentType: 'image/png' },
      { url: 'https://m.example/1', contentType: 'application/octet-stream' },
    ],
    providerOptOut: 'STOP',
    at: now,
  });
});

test('a tap on a WhatsApp button comes with its words, its payload and a bare number', () => {
  const inbound = parseInbound(
    {
      MessageSid: 'SM1',
      From: 'whatsapp:+14155550132',
      To: 'whatsapp:+15005550006',
      ProfileName: 'Ana',
      ButtonText: 'Yes',
      ButtonPayload: 'yes_1',
    },
    now,
  );
  assert.deepEqual(inbound?.from, { phone: '+14155550132', profileName: 'Ana' });
  assert.equal(inbound?.to, '+15005550006');
  assert.equal(inbound?.body, 'Yes');
  assert.equal(inbound?.payload, 'yes_1');
});

test('no form makes the readers throw', () => {
  const form = fc.dictionary(
    fc.oneof(
      fc.string(),
      fc.constantFrom('MessageSid', 'MessageStatus', 'From', 'To', 'NumMedia', 'MediaUrl0'),
    ),
    fc.oneof(fc.string(), fc.array(fc.string())),
  );
  fc.assert(
    fc.property(form, (params) => {
      parseStatusCallback(params, 'msg_1', now);
      parseInbound(params, now);
    }),
  );
});
