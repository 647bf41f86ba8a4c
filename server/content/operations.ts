import type { Operations } from '../http/operations.ts';

const proof =
  'Sends a test to one person, who need not have agreed to the message type; it is marked as a test and counted nowhere.';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const contentOperations: Operations = {
  'POST /api/snippets': {
    description: 'Text that several templates share: `{{{ snippet "club" "name"=firstName }}}`.',
    body: { name: 'club', content: '{{name}}, our club has news', variables: ['name'] },
  },
  'GET /api/snippets': { description: 'All snippets of the project.' },
  'GET /api/snippets/:identifier': {
    description: 'A snippet by its id when all digits, else by its name.',
    params: { identifier: 'club' },
  },
  'PUT /api/snippets/:identifier': {
    description: 'Changes a snippet; templates that use it change with it.',
    params: { identifier: 'club' },
    body: { content: '{{name}}, there is news from our club', variables: ['name'] },
  },
  'DELETE /api/snippets/:identifier': {
    description: 'Deletes a snippet that no template uses.',
    params: { identifier: 'club' },
  },
  'POST /api/media': {
    description:
      'Keeps a picture or another file for MMS and WhatsApp under a public address that nobody can guess.',
    form: {
      file: { name: 'cup.gif', type: 'image/gif', content: 'GIF89a\\x01\\x00\\x01\\x00\\x00\\x00\\x00;' },
    },
    learns: { mediaId: 'id' },
  },
  'GET /api/media': { description: 'The files of the project, newest first.' },
  'DELETE /api/media/:id': {
    description: 'Deletes a file. Refused while a template holds its address.',
    params: { id: '{mediaId}' },
  },
  'POST /api/templates/sms/upsert': {
    description:
      'Makes a template, or changes the one with this id of yours. Fields of the profile go in double braces; links become short links whose clicks are counted.',
    body: {
      clientTemplateId: 'autumn',
      name: 'Autumn',
      messageTypeId: 1,
      message:
        'Harbor Coffee: Hello {{defaultIfEmpty firstName "there"}}, our autumn sale is on: https://harbor.example/autumn',
    },
    learns: { smsTemplateId: 'params.templateId' },
  },
  'POST /api/templates/sms/update': {
    description:
      'Changes a template by its id; what is left out stays. With `locale` it is the text of one language, which people get by their field `locale`, else `language`; a new one begins as a copy of the default.',
    body: {
      ...{ templateId: '{smsTemplateId}', name: 'Autumn sale', locale: 'pt' },
      message: 'Harbor Coffee: a promoção de outono começou: https://harbor.example/outono',
    },
  },
  'GET /api/templates/sms/get': {
    description: 'One template with its content: the default’s, or that of `locale`; `locales` has all.',
    query: { templateId: '{smsTemplateId}', locale: 'pt' },
  },
  'POST /api/templates/sms/proof': {
    description: proof,
    body: { templateId: '{smsTemplateId}', recipientUserId: 'ada' },
  },
  'POST /api/templates/email/upsert': {
    description: 'Makes an email template, or changes the one with this id of yours.',
    body: {
      clientTemplateId: 'autumn-mail',
      name: 'Autumn by mail',
      messageTypeId: 5,
      fromName: 'Harbor Coffee',
      fromEmail: 'news@carillon.example',
      subject: 'Our autumn sale is on',
      html: '<p>Hello {{defaultIfEmpty firstName "there"}}, <a href="https://harbor.example/autumn">have a look</a>.</p>',
    },
    learns: { emailTemplateId: 'params.templateId' },
  },
  'POST /api/templates/email/update': {
    description: 'Changes an email template by its id; what is left out stays.',
    body: { templateId: '{emailTemplateId}', subject: 'The autumn sale is on' },
  },
  'GET /api/templates/email/get': {
    description: 'One email template with its content.',
    query: { templateId: '{emailTemplateId}' },
  },
  'POST /api/templates/email/proof': {
    description: proof,
    body: { templateId: '{emailTemplateId}', recipientUserId: 'ada' },
  },
  'POST /api/templates/whatsApp/upsert': {
    description:
      'Makes a WhatsApp template, or changes the one with this id of yours. It can be sent once Meta has approved it.',
    body: {
      clientTemplateId: 'autumn-wa',
      name: 'Autumn on WhatsApp',
      messageTypeId: 3,
      language: 'en_US',
      category: 'MARKETING',
      body: 'Hello {{defaultIfEmpty firstName "there"}}, our autumn sale is on.',
      footer: 'Reply STOP to end',
    },
    learns: { whatsAppTemplateId: 'params.templateId' },
  },
  'POST /api/templates/whatsApp/update': {
    description: 'Changes a WhatsApp template by its id; Meta reviews it anew when it is submitted again.',
    body: { templateId: '{whatsAppTemplateId}', footer: 'Reply STOP to opt out' },
  },
  'GET /api/templates/whatsApp/get': {
    description:
      'One WhatsApp template with its content and where it stands with Meta, or a free-form message; `kind` says which.',
    query: { templateId: '{whatsAppTemplateId}' },
  },
  'POST /api/templates/whatsApp/session/upsert': {
    description:
      'Makes a free-form WhatsApp message, or changes the one with this id of yours. Meta need not approve it; it goes to people who have written within 24 hours, and `otherwiseTemplateId` to the others.',
    body: {
      ...{ clientTemplateId: 'size-wa', name: 'Which size?', messageTypeId: 3 },
      message: {
        ...{ type: 'button', body: 'Hello {{defaultIfEmpty firstName "there"}}, which size do you wear?' },
        buttons: [
          { id: 'size-s', title: 'Small' },
          { id: 'size-l', title: 'Large' },
        ],
      },
    },
    learns: { sessionTemplateId: 'params.templateId' },
  },
  'POST /api/templates/whatsApp/session/update': {
    description: 'Changes a free-form WhatsApp message by its id.',
    body: { templateId: '{sessionTemplateId}', otherwiseTemplateId: '{whatsAppTemplateId}' },
  },
  'POST /api/templates/whatsApp/submit': {
    description:
      'Submits the template to Meta through one of your WhatsApp senders, or asks where it stands.',
    body: { templateId: '{whatsAppTemplateId}', senderId: 5 },
  },
  'GET /api/templates/whatsApp/versions': {
    description:
      'What is approved is changed as another version, under another name; each stays until it is withdrawn.',
    query: { templateId: '{whatsAppTemplateId}' },
  },
  'POST /api/templates/whatsApp/unpause': {
    description:
      'Most pauses end by themselves, after 3 hours the first time and 6 the second; one by pacing does not.',
    given: 'metaPausesTheTemplate',
    body: { templateId: '{approvedTemplateId}' },
  },
  'POST /api/templates/whatsApp/withdraw': {
    description:
      'Nothing of it is sent any more, that of campaigns under way neither, and Meta lets nobody use the name for 30 days.',
    body: { templateId: '{whatsAppTemplateId}' },
  },
  'POST /api/templates/whatsApp/proof': {
    description: proof,
    body: { templateId: '{approvedTemplateId}', recipientUserId: 'elsie' },
  },
  'GET /api/templates': {
    description: 'The templates of the project, a page at a time.',
    query: { pageSize: 10, sort: '-id' },
  },
  'GET /api/templates/getByClientTemplateId': {
    description: 'Finds templates by the id you gave them.',
    query: { clientTemplateId: 'autumn' },
  },
  'DELETE /api/templates/:templateId/locales/:locale': {
    description:
      'Takes one locale out of a template: its people get the nearest that is left, or the default. The default’s own is refused; make another the default first (`isDefaultLocale`).',
    params: { templateId: '{smsTemplateId}', locale: 'pt' },
  },
  'POST /api/templates/:templateId/clone': {
    description: 'Copies a template with all its locales as “Copy of …”. A WhatsApp copy goes to Meta anew.',
    params: { templateId: '{smsTemplateId}' },
    learns: { copiedTemplateId: 'params.templateId' },
  },
  'PUT /api/metadata/:table/:key': {
    description:
      'Keeps any JSON of up to 30 KB by table and key, for templates to look up. The table is made with its first key; the case of its name does not count, that of a key does.',
    params: { table: 'shops', key: 'main' },
    body: { value: { city: 'Austin', phone: '+1 512 555 0150' } },
  },
  'GET /api/metadata': { description: 'The names of all tables; one is there while it has a key.' },
  'GET /api/metadata/:table': {
    description: 'The keys of a table; give `nextMarker` of one page to get the next.',
    params: { table: 'shops' },
  },
  'GET /api/metadata/:table/:key': {
    description: 'The value of a key, with its size in bytes.',
    params: { table: 'shops', key: 'main' },
  },
  'DELETE /api/metadata/:table/:key': {
    description: 'Deletes a key; that there is none is no error.',
    params: { table: 'shops', key: 'main' },
  },
  'DELETE /api/metadata/:table': {
    description: 'Deletes a table with all its keys; that there is none is no error.',
    params: { table: 'shops' },
  },
};
