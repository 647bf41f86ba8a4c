import { email } from '../../medium/email.ts';
import type { MediumFacts } from '../../medium/medium.ts';
import { sms } from '../../medium/sms.ts';
import { whatsApp } from '../../medium/whatsapp.ts';

/** A medium that nobody has: letters to somebody's roof, which is known by their number. */
export const pigeonPost = {
  name: 'pigeonPost',
  title: 'Pigeon',
  addresses: ['phone'],
  template: 'sms',
  answers: 'sms',
  isBoundByHours: false,
  optOut: 'line',
  isConsentOfPerson: false,
  asksToConfirm: false,
  isInSegments: false,
  sessionHours: null,
  tellsReading: true,
  senderKinds: {
    loft: { address: 'number', isRuledByCountries: false, mps: 100, source: 'made up' },
  },
} as const satisfies MediumFacts;

/** What `medium/built-in.ts` would say with one more line. */
export const builtInMedia = [sms, whatsApp, email, pigeonPost] as const;
