import type { SnippetSet } from '../snippets/snippet-set.ts';
import {
  type EmailTemplate,
  isFreeForm,
  type SmsTemplate,
  type TemplateContent,
} from '../template-content.ts';
import { sessionTemplateFaults } from '../whatsapp/session-template-faults.ts';
import { smsLimits } from './template-limits.ts';
import { addressFaults, type TemplateFault, textFaults, withoutExpressions } from './text-faults.ts';
import { whatsAppFaults } from './whatsapp-faults.ts';

/** Everything that stands against saving this content; empty when nothing does. */
export function templateFaults(content: TemplateContent, snippets: SnippetSet): TemplateFault[] {
  switch (content.medium) {
    case 'sms':
      return smsFaults(content, snippets);
    case 'whatsApp':
      return isFreeForm(content)
        ? sessionTemplateFaults(content.message, snippets).map(inMessage)
        : whatsAppFaults(content, snippets);
    case 'email':
      return emailFaults(content, snippets);
  }
}

/** Fields of a free-form message stand within its `message`. */
const inMessage = (fault: TemplateFault): TemplateFault => ({ ...fault, field: `message.${fault.field}` });

/** RFC 5321, 4.5.3.1.3. */
const longestAddress = 254;
const emailAddress = /^[^\s@<>"]+@[^\s@<>".]+(?:\.[^\s@<>".]+)+$/;

function smsFaults(content: SmsTemplate, snippets: SnippetSet): TemplateFault[] {
  const { message, mediaUrls } = content;
  if (mediaUrls.length > smsLimits.mediaUrls)
    return [
      {
        field: 'mediaUrls',
        fault: `has ${mediaUrls.length} entries; give at most ${smsLimits.mediaUrls}`,
      },
    ];
  const faults = textFaults('message', message, snippets);
  if (message.trim() === '' && mediaUrls.length === 0)
    faults.push({ field: 'message', fault: 'is empty; write the text to send' });
  const fixed = withoutExpressions(message).length;
  if (fixed > smsLimits.characters)
    faults.push({
      field: 'message',
      fault: `has ${fixed} characters without its fields; a text may have ${smsLimits.characters}`,
    });
  mediaUrls.forEach((url, index) => {
    faults.push(...addressFaults(`mediaUrls.${index}`, url, snippets));
  });
  return faults;
}

function emailFaults(content: EmailTemplate, snippets: SnippetSet): TemplateFault[] {
  const faults: TemplateFault[] = [];
  for (const field of ['subject', 'plainText', 'preheader', 'fromName', 'replyTo'] as const)
    faults.push(...textFaults(field, content[field], snippets));
  faults.push(...textFaults('html', content.html, snippets, 'html'));
  if (content.subject.trim() === '') faults.push({ field: 'subject', fault: 'is empty; write one' });
  if (content.html.trim() === '') faults.push({ field: 'html', fault: 'is empty; write the message' });
  const { fromEmail } = content;
  if (fromEmail !== '' && (fromEmail.length > longestAddress || !emailAddress.test(fromEmail)))
    faults.push({ field: 'fromEmail', fault: 'is not an email address; leave it out for the sender’s own' });
  return faults;
}
