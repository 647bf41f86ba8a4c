import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Meta signed this webhook: `sha256=` and the HMAC-SHA256 of the raw bytes with the app's secret, in
 * constant time. The bytes must be those received: Meta escapes letters in a way no re-serialising repeats.
 */
export function verifyMetaSignature(
  appSecret: string,
  rawBody: string | Uint8Array,
  header: string | undefined,
): boolean {
  if (header === undefined) return false;
  const given = Buffer.from(header);
  const expected = Buffer.from(signMetaWebhook(appSecret, rawBody));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The X-Hub-Signature-256 header Meta would send with this body. */
export function signMetaWebhook(appSecret: string, rawBody: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}

/**
 * Answers Meta's question whether this address is ours: the challenge to echo, or `null` where the mode is
 * another or the verify token is not the one agreed on.
 */
export function verifyChallenge(
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
  verifyToken: string,
): string | null {
  const token = query['hub.verify_token'];
  const challenge = query['hub.challenge'];
  if (query['hub.mode'] !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string')
    return null;
  return timingSafeEqual(digest(token), digest(verifyToken)) ? challenge : null;
}

/** Equal lengths for a comparison that tells nothing of the token's own length. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
