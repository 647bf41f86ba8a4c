import type { MessageContent } from './sending.ts';
import { wordsOfMessage } from './whatsapp-message.ts';

/** What a message says as one text, for whoever reads or compares it: of an email its subject, of a template as it is filled in. */
export function wordsOf(content: MessageContent): string {
  switch (content.kind) {
    case 'sms':
      return content.body;
    case 'whatsAppMessage':
      return wordsOfMessage(content);
    case 'whatsAppTemplate':
      return content.preview;
    case 'email':
      return content.subject;
  }
}

/** Words that answer a person, as their medium has them (`MediumFacts.answers`). */
export const inWords = (answers: 'sms' | 'whatsAppMessage', body: string): MessageContent =>
  answers === 'sms' ? { kind: answers, body } : { kind: answers, type: 'text', body };
