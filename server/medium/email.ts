import type { MediumFacts } from './medium.ts';

/** Email. The laws that set hours speak of calls and texts. Paces as read 2026-11-23. */
export const email = {
  name: 'email',
  title: 'Email',
  addresses: ['email'],
  template: 'email',
  answers: null,
  isBoundByHours: false,
  optOut: 'link',
  isConsentOfPerson: true,
  asksToConfirm: false,
  isInSegments: false,
  sessionHours: null,
  tellsReading: false,
  senderKinds: {
    email: {
      ...{ address: 'mailbox', isRuledByCountries: false },
      mps: 14,
      source: 'Amazon SES, typical after its sandbox',
    },
  },
} as const satisfies MediumFacts;
