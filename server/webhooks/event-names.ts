/** Events a webhook can be told of, by Iterable's names for them. */
export const webhookEventNames = [
  'smsSend',
  'smsSendSkip',
  'smsBounce',
  'smsClick',
  'smsReceived',
  'whatsAppSend',
  'whatsAppSendSkip',
  'whatsAppBounce',
  'whatsAppClick',
  'whatsAppReceived',
  'whatsAppSeen',
  'emailSend',
  'emailSendSkip',
  'emailBounce',
  'emailClick',
  'emailSubscribe',
  'emailUnSubscribe',
  'smsSubscribe',
  'smsUnSubscribe',
  'whatsAppSubscribe',
  'whatsAppUnSubscribe',
] as const;

export type WebhookEventName = (typeof webhookEventNames)[number];
