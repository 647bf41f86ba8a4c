import type { Secrets } from '../config/secrets.ts';
import type { HiddenCode, MessageContent } from '../providers/sending.ts';

/**
 * The digits of a code that a message carries. They are written nowhere: they follow from the seed and the key of this
 * installation, and stand in the message only on its way to the wire. As HOTP makes them (RFC 4226), of 8 bytes, so that the last digits are as likely as each other. */
export function codeOf(secrets: Secrets, { seed, digits }: HiddenCode): string {
  const number = secrets.mac(`one-time code ${digits} ${seed}`).readBigUInt64BE() % 10n ** BigInt(digits);
  return String(number).padStart(digits, '0');
}

/** What stands for a code wherever its message is kept or shown. */
export const hiddenCode = (digits: number): string => '•'.repeat(digits);

/** A message as it goes to the wire: with its code, where it carries one. */
export function withCode(content: MessageContent, secrets: Secrets): MessageContent {
  if (!('code' in content) || !content.code) return content;
  const { code, ...rest } = content;
  const hidden = hiddenCode(code.digits);
  const shown = codeOf(secrets, code);
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(hidden, shown);
    if (Array.isArray(value)) return value.map(fill);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each)]));
  };
  return fill(rest) as MessageContent;
}
