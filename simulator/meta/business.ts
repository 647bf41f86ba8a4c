import { createHmac } from 'node:crypto';
import type { Network } from '../network/network.ts';
import type { Business } from '../network/registry.ts';
import { answer, answerError, askedFields, type Call, fieldsOf, pickFields } from './call.ts';
import { metaError } from './errors.ts';
import { textAt } from './fields.ts';
import { numberFields, usualNumberFields } from './phone-number.ts';
import { isEchoed } from './webhooks.ts';

/** The app that every token here belongs to. */
export const app = { id: '100000000000001', name: 'Carillon' };

const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** Answers `GET /debug_token`: what a token may, and for how long. One that no business knows is not valid, unless some take any. */
export function serveDebugToken({ registry }: Network, { query, response }: Call): void {
  const token = query.get('input_token') ?? '';
  if (token === '') {
    answerError(response, metaError(100, 'The parameter input_token is required.'));
    return;
  }
  const theirs = registry.businesses
    .values()
    .filter(({ accessToken }) => accessToken === undefined || accessToken === token);
  const common = { app_id: app.id, type: 'SYSTEM_USER', application: app.name };
  if (theirs.length === 0) {
    const error = { code: 190, message: 'The access token could not be decrypted' };
    answer(response, { data: { ...common, error, is_valid: false, scopes: [] } });
    return;
  }
  const granular_scopes = scopes.map((scope) => ({ scope, target_ids: theirs.map(({ id }) => id) }));
  answer(response, { data: { ...common, expires_at: 0, is_valid: true, scopes, granular_scopes } });
}

/** Whether a call brings a proof of the app's secret that does not hold (Graph API, securing requests). */
export function isProofWrong({ query, token }: Call, { appSecret }: Business): boolean {
  const proof = query.get('appsecret_proof');
  return proof !== null && proof !== createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Answers a business's list of numbers, a page at a time, with the fields that are asked for. */
export function servePhoneNumbers(network: Network, call: Call, business: Business): void {
  const { query, response } = call;
  const size = Number(query.get('limit') ?? 25) || 25;
  const start = Number(query.get('after') ?? 0) || 0;
  const shown = business.phoneNumbers.slice(start, start + size);
  const fields = askedFields(query) ?? usualNumberFields;
  const next = start + size < business.phoneNumbers.length;
  answer(response, {
    data: shown.map(({ id, displayNumber }) =>
      pickFields(numberFields(network, { business, phoneNumberId: id, displayNumber }), fields),
    ),
    paging: {
      cursors: { before: String(start), after: String(start + size) },
      ...(next ? { next: `${call.address}?after=${start + size}` } : {}),
    },
  });
}

/** Lists, adds or takes off the app that is told of what happens; an address given with it is called first. */
export async function serveSubscriptions(network: Network, call: Call, business: Business): Promise<void> {
  const { method, response } = call;
  const keep = (change: Partial<Business>) =>
    network.registry.businesses.set(business.id, { ...business, ...change });
  if (method === 'GET') {
    const link = `https://www.facebook.com/games/?app_id=${app.id}`;
    const subscription = {
      whatsapp_business_api_data: { ...app, link },
      override_callback_uri: business.webhookUrl,
    };
    answer(response, { data: business.subscribed === false ? [] : [subscription] });
  } else if (method === 'DELETE') {
    keep({ subscribed: false });
    answer(response, { success: true });
  } else {
    const fields = await fieldsOf(call);
    const [webhookUrl, verifyToken] = [
      textAt(fields, 'override_callback_uri'),
      textAt(fields, 'verify_token'),
    ];
    const wanted = webhookUrl === '' ? business : { ...business, webhookUrl, verifyToken };
    if (webhookUrl !== '' && !(await isEchoed(network, wanted)))
      answerError(
        response,
        metaError(2200, 'Callback verification failed: the address did not echo hub.challenge with HTTP 200'),
      );
    else {
      keep({ webhookUrl: wanted.webhookUrl, verifyToken: wanted.verifyToken, subscribed: true });
      answer(response, { success: true });
    }
  }
}
