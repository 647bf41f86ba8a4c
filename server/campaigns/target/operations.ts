import type { Operation, Operations } from '../../http/operations.ts';

const target = (campaignId: string, name: string, recipientUserId = 'ada'): Operation => ({
  description:
    'Sends the message of an active campaign to one person, with fields of this call. With an `Idempotency-Key` a repeated call finds the first message. The answer tells the message and, where it was skipped, why.',
  body: { campaignId, recipientUserId, dataFields: { code: '4711' } },
  learns: { [name]: 'params.messageId' },
});
const cancel = (name: string): Operation => ({
  description: 'Takes back a message that has not left, by the id that the call to send it answered.',
  body: { scheduledMessageId: `{${name}}` },
});

/** What the calls to one person do, with an example of each, in the order in which they can be made. */
export const targetOperations: Operations = {
  'POST /api/sms/target': target('{triggeredId}', 'messageId'),
  'POST /api/sms/cancel': cancel('messageId'),
  'POST /api/whatsApp/target': target('{whatsAppCampaignId}', 'whatsAppMessageId', 'elsie'),
  'POST /api/whatsApp/cancel': cancel('whatsAppMessageId'),
  'POST /api/email/target': target('{emailCampaignId}', 'emailMessageId'),
  'POST /api/email/cancel': cancel('emailMessageId'),
};
