import type { Medium } from '../../api/media.ts';
import type { Content, Session, TemplateDraft } from '../../api/templates.ts';
import { kinds } from './session/kinds.ts';

/** A new template of a medium; `isFreeForm`: of WhatsApp, one that Meta need not approve. */
export function blankTemplate(medium: Medium, isFreeForm = false): TemplateDraft {
  return {
    ...{ templateId: null, name: '', messageTypeId: null, trackLinks: true, locale: null },
    dataFeedIds: [],
    content: isFreeForm ? blankSession : blankContent(medium),
  };
}

const blankSession: Session = {
  ...{ medium: 'whatsApp', kind: 'session', message: kinds.button.fresh, otherwiseTemplateId: null },
};

function blankContent(medium: Medium): Content {
  if (medium === 'sms') return { medium, message: '', mediaUrls: [] };
  if (medium === 'whatsApp')
    return {
      medium,
      kind: 'template',
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
  if (content.kind === 'session') return textsIn(content.message);
  const { header, body, buttons, offer, carousel } = content;
  return textsIn({ header, body, buttons, offer, carousel });
}

/** Every text of what is made of parts; what says which kind a part is holds no fields. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'type' || name === 'kind' ? [] : textsIn(each),
  );
}
