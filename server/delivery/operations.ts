import type { Operation, Operations } from '../http/operations.ts';

const ada = { dataFields: { firstName: 'Ada' } };
const preview = (template: string, description: string): Operation => ({
  description,
  query: { templateId: `{${template}}` },
  body: ada,
});
const draft =
  'Renders a template that need not be saved, as a message is rendered: links made short, the way to opt out, the count of segments; where the person would get nothing it says why.';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const previewOperations: Operations = {
  'POST /api/templates/sms/preview': preview(
    'smsTemplateId',
    'The text as one person would get it, made as it is made to be sent: links short, the way to opt out, segments, price and what should be known of it; where they would get nothing, why. `whatsApp` is null. With `locale` the text of one locale, else of the person’s own.',
  ),
  'POST /api/templates/email/preview': preview('emailTemplateId', 'The HTML as one person would get it.'),
  'POST /api/templates/whatsApp/preview': preview(
    'whatsAppTemplateId',
    'The message as one person would get it: `whatsApp` has its parts as they read, `message` what goes to Meta.',
  ),
  'POST /api/templates/sms/draft': {
    description: `${draft} With \`person\` it is for somebody of the project.`,
    body: { message: 'Harbor Coffee: hi {{firstName}} 🔥', ...ada },
  },
  'POST /api/templates/email/draft': {
    description: draft,
    body: { subject: 'Hi {{firstName}}', html: '<p>Our sale is on</p>', ...ada },
  },
  'POST /api/templates/whatsApp/draft': {
    description: `${draft} \`faults\` are all that saving would refuse, by Meta’s rules among others, each with its field.`,
    body: { body: 'Your order {{order}} is ready.', dataFields: { order: '17' } },
  },
  'POST /api/templates/whatsApp/examples': {
    description:
      'Each variable of each language with what would stand for it: of `person`, or of `dataFields` for somebody made up, else the fallback or the field’s name. Change them as you like and give them to `POST /api/templates/whatsApp/submit`; Meta’s reviewers see them, so take out what is personal.',
    body: { templateId: '{whatsAppTemplateId}', dataFields: { firstName: 'Ada' } },
  },
  'POST /api/templates/whatsApp/session/draft': {
    description: draft,
    body: { message: { type: 'text', body: 'Hi {{firstName}}, what can we do for you?' }, ...ada },
  },
};
