import { email } from '../../medium/email.ts';
import type { MediumFacts } from '../../medium/medium.ts';
import { sms } from '../../medium/sms.ts';
import { whatsApp } from '../../medium/whatsapp.ts';
import { pigeonPost } from './pigeon-post.ts';

/** Pigeon post to roofs, of which people have as many as they have houses; who agrees to it does so wherever they live. */
const roofPost = {
  ...pigeonPost,
  name: 'roofPost',
  title: 'Roofs',
  addresses: ['roof'],
  isConsentOfPerson: true,
} as const satisfies MediumFacts;

/** What `medium/built-in.ts` would say with one more line. */
export const builtInMedia = [sms, whatsApp, email, roofPost] as const;
