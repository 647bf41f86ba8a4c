import { createHmac } from 'node:crypto';

/** `sha256=` and the HMAC-SHA-256 of the raw body under a secret of its receiver's, in hexadecimal. */
export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
