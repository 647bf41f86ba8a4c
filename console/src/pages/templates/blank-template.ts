import type { Medium } from '../../api/media.ts';
import type { Content, TemplateDraft } from '../../api/templates.ts';

/** A new template of a medium, with a text that shows how fields are written. */
export function blankTemplate(medium: Medium): TemplateDraft {
  return {
    ...{ templateId: null, name: '', messageTypeId: null, trackLinks: true, locale: null },
    dataFeedIds: [],
    content: blankContent(medium),
  };
}

function blankContent(medium: Medium): Content {
  if (medium === 'sms') return { medium, message: '', mediaUrls: [] };
  if (medium === 'whatsApp')
    return {
      medium,
      language: 'en_US',
      category: 'MARKETING',
      header: null,
      body: '',
      footer: null,
      buttons: [],
    };
  return {
    medium,
    subject: '',
    preheaderText: '',
    fromName: '',
    fromEmail: '',
    replyToEmail: '',
    html: '',
    plainText: '',
  };
}

/** Every text of a content in which fields may stand. */
export function textsOf(content: Content): string[] {
  if (content.medium === 'sms') return [content.message, ...content.mediaUrls];
  if (content.medium === 'email')
    return [content.subject, content.preheaderText, content.html, content.plainText];
  const header =
    content.header === null
      ? []
      : [content.header.kind === 'text' ? content.header.text : content.header.url];
  const buttons = content.buttons.map((button) => (button.type === 'url' ? button.url : button.text));
  return [...header, content.body, ...buttons];
}
