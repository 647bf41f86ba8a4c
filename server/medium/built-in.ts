import { email } from './email.ts';
import { sms } from './sms.ts';
import { whatsApp } from './whatsapp.ts';

/** The media that come with the program, in the order in which they are told of: the one list of them. */
export const builtInMedia = [sms, whatsApp, email] as const;
