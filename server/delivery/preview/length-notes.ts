import type { ShownWhatsApp } from '../../content/shown-whatsapp.ts';
import { smsLimits, whatsAppLimits } from '../../content/templates/template-limits.ts';
import type { MessageContent } from '../../providers/sending.ts';

/** Of a limit, from here on a writer is warned: who has longer fields may get nothing. */
const near = 0.9;

/** Says so when a filled message comes near a limit beyond which its person is skipped. */
export function lengthNotes(content: MessageContent, whatsApp: ShownWhatsApp | null): string[] {
  if (content.kind === 'sms')
    return note('text', content.body.length, smsLimits.characters, 'a text message may have');
  if (whatsApp === null) return [];
  const { header, body } = whatsApp;
  const length = (text: string) => Array.from(text).length;
  return [
    ...(header?.kind === 'text'
      ? note('header', length(header.text), whatsAppLimits.headerText, 'WhatsApp allows there')
      : []),
    ...note('body', length(body), whatsAppLimits.body, 'WhatsApp allows'),
  ];
}

function note(part: string, length: number, limit: number, allowed: string): string[] {
  if (length < limit * near) return [];
  const [has, most, left] = [length, limit, limit - length].map((count) => count.toLocaleString('en-US'));
  return [
    `The ${part}, filled in, has ${has} of the ${most} characters that ${allowed}. Whoever’s fields are more than ${left} characters longer gets no message (contentTooLong): make it shorter.`,
  ];
}
