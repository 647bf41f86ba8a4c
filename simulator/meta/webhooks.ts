import { createHmac } from 'node:crypto';
import type { Callback, CallbackAnswer, RetryPolicy } from '../network/callbacks.ts';
import type { Network } from '../network/network.ts';
import type { Business } from '../network/registry.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is meant
const beyondAscii = /[^\x00-\x7f]/g;

/** JSON with everything outside ASCII written as `\uXXXX`, as Meta posts it. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    beyondAscii,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Meta's X-Hub-Signature-256: HMAC-SHA256 of the raw body with the app's secret. */
export function signBody(appSecret: string, body: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

function webhook(business: Business, field: string, value: unknown): Callback {
  const body = asciiJson({
    object: 'whatsapp_business_account',
    entry: [{ id: business.id, changes: [{ field, value }] }],
  });
  const headers = [
    'content-type',
    'application/json',
    'x-hub-signature-256',
    signBody(business.appSecret, body),
    'user-agent',
    'facebookexternalua',
  ];
  return { headers, body };
}

/** Meta posts again until it is answered 200, less and less often, for seven days (Meta, webhooks). */
const retryPolicy: RetryPolicy = {
  retries: Number.POSITIVE_INFINITY,
  withinMs: 7 * 86_400_000,
  covers: () => true,
};

/** Posts a change to a business, again until it is taken. */
export function sendWebhook(network: Network, business: Business, field: string, value: () => unknown): void {
  if (business.subscribed === false) return;
  network.callbacks.send(business.webhookUrl, retryPolicy, () => webhook(business, field, value()));
}

/** Posts a change to a business and answers what it said; untaken ones are posted again later. */
export function postWebhook(
  network: Network,
  business: Business,
  field: string,
  value: unknown,
): Promise<CallbackAnswer> {
  if (business.subscribed === false) return Promise.resolve({ status: null, text: '' });
  return network.callbacks.post(business.webhookUrl, retryPolicy, () => webhook(business, field, value));
}

/** Asks a webhook address to echo a challenge, as Meta does before it accepts one. */
export async function isEchoed(network: Network, business: Business): Promise<boolean> {
  const challenge = String(Math.floor(network.random() * 1e9));
  const url = new URL(business.webhookUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', business.verifyToken);
  const answer = await network.callbacks.get(url.href);
  return answer.status === 200 && answer.text.trim() === challenge;
}
