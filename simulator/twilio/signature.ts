import { createHmac } from 'node:crypto';

/**
 * Twilio's X-Twilio-Signature of a form post: base64 of HMAC-SHA1 over the full address and, for each field
 * sorted by name, name and value. `sorted` must hold the fields in that order.
 */
export function signForm(
  authToken: string,
  url: string,
  sorted: readonly (readonly [string, string])[],
): string {
  let text = url;
  for (const [name, value] of sorted) text += name + value;
  return createHmac('sha1', authToken).update(text).digest('base64');
}
