import { Type } from 'typebox';

/** The API's names of the media, which are Iterable's. */
export const mediumNames = { sms: 'SMS', whatsApp: 'WhatsApp', email: 'Email' } as const;

/** A medium by its name in the API. */
export const mediumName = Type.Enum(['SMS', 'WhatsApp', 'Email']);

/** The medium that a name in the API means. */
export const mediumOfName = { SMS: 'sms', WhatsApp: 'whatsApp', Email: 'email' } as const;

/** A medium by our own name. */
export const medium = Type.Enum(['sms', 'whatsApp', 'email']);

/** Which of the two flows that never share a sender. */
export const purpose = Type.Enum(['promotional', 'transactional']);
