import type { AccountChange } from '../callback.ts';
import { type JsonRecord, recordAt, recordsAt, secondsAt, textAt } from '../json-reading.ts';

/** Meta's words for each kind, those of older versions among them. */
const kinds: Readonly<Record<string, AccountChange['kind']>> = {
  user_changed_number: 'number',
  user_changed_user_id: 'userId',
  customer_identity_changed: 'identity',
  user_identity_changed: 'identity',
};

/** Reads the `system` messages of a `messages` change (facts: Cloud API, webhooks, system messages); those of kinds that are not known are unread. */
export function parseAccountChanges(value: JsonRecord, at: Date): AccountChange[] {
  const phoneNumberId = textAt(recordAt(value, 'metadata'), 'phone_number_id') ?? '';
  return recordsAt(value, 'messages').flatMap((message) => {
    const change = message.type === 'system' ? readChange(message, phoneNumberId, at) : null;
    return change ? [change] : [];
  });
}

function readChange(message: JsonRecord, phoneNumberId: string, at: Date): AccountChange | null {
  const system = recordAt(message, 'system');
  const word = textAt(system, 'type') ?? '';
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  const providerMessageId = textAt(message, 'id');
  const phone = numberAt(message, 'from') ?? numberAt(system, 'customer');
  const whatsAppUserId = textAt(message, 'from_user_id') ?? textAt(message, 'user_id');
  if (!kind || providerMessageId === undefined || (!phone && whatsAppUserId === undefined)) return null;
  const now = numberAt(system, 'wa_id') ?? numberAt(system, 'new_wa_id') ?? textAt(system, 'user_id');
  const said = `WhatsApp: ${word.replaceAll('_', ' ')}, ${phone ?? whatsAppUserId}${now ? ` to ${now}` : ''}`;
  return {
    ...{ kind, phoneNumberId, providerMessageId },
    ...(phone ? { phone } : {}),
    ...(whatsAppUserId === undefined ? {} : { whatsAppUserId }),
    body: textAt(system, 'body') || said,
    at: secondsAt(message, 'timestamp') ?? at,
  };
}

function numberAt(record: JsonRecord, name: string): string | undefined {
  const digits = textAt(record, name)?.replace(/^\+/, '');
  return digits !== undefined && /^\d+$/.test(digits) ? `+${digits}` : undefined;
}
