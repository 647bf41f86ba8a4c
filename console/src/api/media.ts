import type { Sender } from './senders.ts';

/** What a message travels on. */
export type Medium = Sender['medium'];
export const media: readonly Medium[] = ['sms', 'whatsApp', 'email'];

/** True for the three media there are. */
export const isMedium = (text: string): text is Medium => media.some((medium) => medium === text);

/** A medium by the API's name of it. */
export const mediumOfName = { SMS: 'sms', WhatsApp: 'whatsApp', Email: 'email' } as const satisfies Record<
  string,
  Medium
>;
