import type { WireCallback } from '../callback.ts';
import { isMetaAccount } from './account.ts';
import { parseWebhook } from './webhook.ts';
import { verifyChallenge, verifyMetaSignature } from './webhook-signature.ts';

const signature = 'X-Hub-Signature-256';
/** Meta gathers what happened into posts of up to 3 MB (https://developers.facebook.com/docs/graph-api/webhooks). */
const largestBody = 3 * 1024 * 1024;

/** Where Meta calls: it asks once whether the address is ours, and posts all that happens there from then on. */
export const metaCallbacks: readonly WireCallback[] = [
  {
    ...{ method: 'GET', path: '', largestBody: 0 },
    hear({ query }, account) {
      const challenge = isMetaAccount(account) ? verifyChallenge(query, account.verifyToken) : null;
      return challenge === null
        ? { outcome: 'refused', detail: 'hub.verify_token does not fit this account' }
        : { outcome: 'heard', news: {}, reply: { status: 200, contentType: 'text/plain', body: challenge } };
    },
  },
  {
    ...{ method: 'POST', path: '', largestBody, signature },
    hear({ headers, body, now }, account) {
      const given = headers[signature.toLowerCase()];
      const isSigned =
        isMetaAccount(account) &&
        verifyMetaSignature(account.appSecret, body, typeof given === 'string' ? given : undefined);
      if (!isSigned) return { outcome: 'refused', detail: `${signature} does not fit this account` };
      const payload = parsed(body);
      return payload === undefined
        ? { outcome: 'unreadable', detail: 'The body is not JSON' }
        : { outcome: 'heard', news: parseWebhook(payload, now), reply: { status: 200 } };
    },
  },
];

/** JSON's value; undefined, which JSON cannot say, where the text is none. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
