import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { signMetaWebhook, verifyChallenge, verifyMetaSignature } from './webhook-signature.ts';

const body = '{"object":"whatsapp_business_account","entry":[]}';
const header = 'sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f';

test('the known signature is accepted, of text and of bytes', () => {
  assert.equal(verifyMetaSignature('app-secret', body, header), true);
  assert.equal(verifyMetaSignature('app-secret', Buffer.from(body), header), true);
});

test('no header, another secret or a header cut short is refused', () => {
  assert.equal(verifyMetaSignature('app-secret', body, undefined), false);
  assert.equal(verifyMetaSignature('other', body, header), false);
  assert.equal(verifyMetaSignature('app-secret', body, header.slice(0, -1)), false);
  assert.equal(verifyMetaSignature('app-secret', body, ''), false);
});

test('every body verifies with its own signature and with no other', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.string({ minLength: 1 }), (one, other, secret) => {
      const signature = signMetaWebhook(secret, one);
      assert.equal(verifyMetaSignature(secret, one, signature), true);
      assert.equal(verifyMetaSignature(secret, other, signature), Buffer.compare(one, other) === 0);
    }),
  );
});

test('the challenge is echoed only to who knows the token', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'agreed', 'hub.challenge': '1158201444' };
  assert.equal(verifyChallenge(query, 'agreed'), '1158201444');
  assert.equal(verifyChallenge(query, 'other'), null);
  assert.equal(verifyChallenge({ ...query, 'hub.mode': 'unsubscribe' }, 'agreed'), null);
  assert.equal(verifyChallenge({ ...query, 'hub.verify_token': ['agreed', 'x'] }, 'agreed'), null);
  assert.equal(verifyChallenge({}, 'agreed'), null);
});
