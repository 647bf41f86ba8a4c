import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import twilio from 'twilio';
import { signTwilioRequest, verifyTwilioSignature } from './signature.ts';

const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const params = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};
const signature = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';
const authTokens = ['12345'];

const jsonUrl = `${url}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`;
const jsonBody = '{"property": "value", "boolean": true}';
const jsonSignature = 'a9nBmqA0ju/hNViExpshrM61xv4=';

test("Twilio's own example is accepted, during a rotation of tokens too", () => {
  assert.equal(verifyTwilioSignature({ authTokens, url, params, signature }), true);
  assert.equal(verifyTwilioSignature({ authTokens: ['new', '12345'], url, params, signature }), true);
});

test('a JSON body is accepted by the hash in its URL, and only with the body that fits', () => {
  const request = { authTokens, url: jsonUrl, signature: jsonSignature };
  assert.equal(verifyTwilioSignature({ ...request, rawBody: jsonBody }), true);
  assert.equal(verifyTwilioSignature({ ...request, rawBody: Buffer.from(jsonBody) }), true);
  assert.equal(verifyTwilioSignature({ ...request, rawBody: `${jsonBody} ` }), false);
  assert.equal(verifyTwilioSignature({ ...request, params: {} }), false);
});

test('no signature, a wrong one and a wrong token are refused', () => {
  assert.equal(verifyTwilioSignature({ authTokens, url, params, signature: undefined }), false);
  assert.equal(verifyTwilioSignature({ authTokens, url, params, signature: '' }), false);
  assert.equal(verifyTwilioSignature({ authTokens, url, params, signature: `${signature}=` }), false);
  assert.equal(verifyTwilioSignature({ authTokens: [], url, params, signature }), false);
  assert.equal(verifyTwilioSignature({ authTokens: ['54321'], url, params, signature }), false);
});

test('the URL may have been signed without its port, with the usual one, or escaped', () => {
  const signed = (form: string) => signTwilioRequest('12345', form, params);
  const verify = (received: string, form: string) =>
    verifyTwilioSignature({ authTokens, url: received, params, signature: signed(form) });
  assert.equal(verify('https://a.example:8443/x', 'https://a.example/x'), true);
  assert.equal(verify('https://a.example:8443/x', 'https://a.example:8443/x'), true);
  assert.equal(verify('https://a.example/x', 'https://a.example:443/x'), true);
  assert.equal(verify('http://a.example/x', 'http://a.example:80/x'), true);
  assert.equal(verify("https://a.example/x?n=O'Hara", "https://a.example/x?n=O'Hara"), true);
  assert.equal(verify("https://a.example/x?n=O'Hara", 'https://a.example/x?n=O%27Hara'), true);
  assert.equal(verify('https://a.example/x', 'https://b.example/x'), false);
});

const fieldName = fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name !== '__proto__');
const fields = fc.dictionary(fieldName, fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1 })), {
  noNullPrototype: true,
});

test("whatever the fields, our signature is the one Twilio's own library expects", () => {
  fc.assert(
    fc.property(fields, fc.string({ minLength: 1 }), (params, token) => {
      const ours = signTwilioRequest(token, url, params);
      assert.equal(ours, twilio.getExpectedTwilioSignature(token, url, params));
      assert.equal(verifyTwilioSignature({ authTokens: [token], url, params, signature: ours }), true);
    }),
    { numRuns: 200 },
  );
});

test('a field changed, added or taken away breaks the signature', () => {
  fc.assert(
    fc.property(fields, fieldName, fc.string({ minLength: 1 }), (params, name, value) => {
      const signature = signTwilioRequest('12345', url, params);
      const added = { ...params, [`${name}+`]: value };
      assert.equal(
        verifyTwilioSignature({ authTokens, url, params: added, signature }),
        signature === signTwilioRequest('12345', url, added),
      );
    }),
    { numRuns: 100 },
  );
});
