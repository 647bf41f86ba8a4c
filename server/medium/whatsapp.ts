import type { MediumFacts } from './medium.ts';

/** WhatsApp. Since April 2026 a person may show no number there, only a user id. Paces as read 2026-11-23. */
export const whatsApp = {
  name: 'whatsApp',
  title: 'WhatsApp',
  addresses: ['phone', 'whatsApp'],
  template: 'whatsApp',
  answers: 'whatsAppMessage',
  isBoundByHours: true,
  optOut: 'app',
  isConsentOfPerson: false,
  asksToConfirm: false,
  isInSegments: false,
  sessionHours: 24,
  tellsReading: true,
  senderKinds: {
    whatsApp: {
      ...{ address: 'number', isRuledByCountries: false },
      mps: 80,
      source: 'Meta, per number, in and out together',
    },
  },
} as const satisfies MediumFacts;
