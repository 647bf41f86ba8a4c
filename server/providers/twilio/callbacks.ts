import { parse as parseForm } from 'node:querystring';
import type { Hearing, ProviderCall, ProviderNews, WireCallback } from '../callback.ts';
import type { ProviderAccount } from '../sending.ts';
import { isTwilioAccount } from './account.ts';
import { type FormFields, parseInbound, parseStatusCallback } from './callback.ts';
import { verifyTwilioSignature } from './signature.ts';

const signature = 'X-Twilio-Signature';
/** A text of 1,600 signs, ten addresses of media, some forty fields of an address or an id. */
const largestBody = 64 * 1024;

/** Where Twilio calls: what became of a message, at an address that carries its reference, and what people wrote. */
export const twilioCallbacks: readonly WireCallback[] = [
  {
    ...{ method: 'POST', path: '/:reference', largestBody, signature },
    hear: (call, account) =>
      heard(call, account, { status: 204 }, (fields) => {
        const receipt = parseStatusCallback(fields, call.reference ?? '', call.now);
        return receipt ? { receipts: [receipt] } : {};
      }),
  },
  {
    ...{ method: 'POST', path: '/inbound', largestBody, signature },
    hear: (call, account) =>
      heard(call, account, { status: 200, contentType: 'text/xml', body: '<Response/>' }, (fields) => {
        const message = parseInbound(fields, call.now);
        return message ? { inbound: [message] } : {};
      }),
  },
];

function heard(
  call: ProviderCall,
  account: ProviderAccount,
  reply: Extract<Hearing, { outcome: 'heard' }>['reply'],
  read: (fields: FormFields) => ProviderNews,
): Hearing {
  const params: FormFields = parseForm(call.body.toString('utf8'));
  const given = call.headers[signature.toLowerCase()];
  const isSigned =
    isTwilioAccount(account) &&
    verifyTwilioSignature({
      authTokens: [account.authToken, ...(account.otherAuthToken ? [account.otherAuthToken] : [])],
      // A fragment on the address we gave is neither sent nor signed.
      url: call.url,
      signature: typeof given === 'string' ? given : undefined,
      params,
    });
  return isSigned
    ? { outcome: 'heard', news: read(params), reply }
    : { outcome: 'refused', detail: `${signature} does not fit this account and address` };
}
