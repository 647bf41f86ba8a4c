import type { Medium } from '../api/media.ts';
import type { Sender } from '../api/senders.ts';

/** What each kind of sender is called. */
const names: Readonly<Record<Sender['kind'], string>> = {
  longCode: '10DLC long code',
  shortCode: 'Short code',
  tollFree: 'Toll-free number',
  alphanumeric: 'Name (no replies)',
  whatsApp: 'WhatsApp number',
  email: 'Mailbox',
};

/** A kind of sender in words. */
export const kindWords = (kind: Sender['kind']) => names[kind] ?? kind;

/** The kinds that a medium has, for choosing one. */
export const kindsOf: Readonly<Record<Medium, Sender['kind'][]>> = {
  sms: ['longCode', 'tollFree', 'shortCode', 'alphanumeric'],
  whatsApp: ['whatsApp'],
  email: ['email'],
};

/** What a kind's address is, for the label of its field. */
export const addressWords: Readonly<Record<Sender['kind'], string>> = {
  longCode: 'Number, as +12025550110',
  tollFree: 'Number, as +18005550110',
  shortCode: 'Short code',
  alphanumeric: 'Name that people see',
  whatsApp: 'Number, as +12025550110',
  email: 'Email address',
};

/** What the two purposes are for. */
export const purposeChoices = [
  { value: 'promotional', label: 'Promotional: offers and news' },
  { value: 'transactional', label: 'Transactional: codes, orders, reminders' },
];
