import type { MediumFacts } from './medium.ts';

/** Texts, with pictures where the network takes them (MMS). Paces as read 2026-11-23. */
export const sms = {
  name: 'sms',
  title: 'SMS',
  addresses: ['phone'],
  template: 'sms',
  answers: 'sms',
  isBoundByHours: true,
  optOut: 'line',
  isConsentOfPerson: false,
  asksToConfirm: true,
  isInSegments: true,
  sessionHours: null,
  tellsReading: false,
  senderKinds: {
    longCode: {
      ...{ address: 'number', isRuledByCountries: true },
      mps: 1,
      source: 'Twilio, long codes in the US and Canada; 10DLC campaigns get more by their score',
    },
    shortCode: { address: 'code', isRuledByCountries: true, mps: 100, source: 'Twilio and AWS default' },
    tollFree: {
      ...{ address: 'number', isRuledByCountries: true },
      mps: 3,
      source: 'Twilio default, raised on request',
    },
    alphanumeric: { address: 'name', isRuledByCountries: true, mps: 10, source: 'Twilio, about' },
  },
} as const satisfies MediumFacts;
