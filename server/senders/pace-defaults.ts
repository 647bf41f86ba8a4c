import type { SenderKind } from './sender-rules.ts';

/** Segments a second of a new sender, until its owner says what the provider grants. As read 2026-11-23. */
export const defaultMps: Readonly<Record<SenderKind, { mps: number; source: string }>> = {
  longCode: {
    mps: 1,
    source: 'Twilio, long codes in the US and Canada; 10DLC campaigns get more by their score',
  },
  shortCode: { mps: 100, source: 'Twilio and AWS default' },
  tollFree: { mps: 3, source: 'Twilio default, raised on request' },
  alphanumeric: { mps: 10, source: 'Twilio, about' },
  whatsApp: { mps: 80, source: 'Meta, per number, in and out together' },
  email: { mps: 14, source: 'Amazon SES, typical after its sandbox' },
};

/** Where the day of a sender's daily cap turns: T-Mobile counts US traffic by midnight Pacific (SignalWire, Bird). */
export function defaultDayZone(kind: SenderKind, country: string): string {
  return kind === 'longCode' && (country === 'US' || country === 'PR') ? 'America/Los_Angeles' : 'UTC';
}
