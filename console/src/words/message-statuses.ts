import type { MessageFilter } from '../api/messages.ts';
import { instant } from './formats.ts';

type MessageStatus = NonNullable<MessageFilter['status']>;

/** How a message's status is shown: its words, its colour, and what it means. */
export interface StatusWords {
  label: string;
  colour: string;
  meaning: string;
}

const statuses: Record<MessageStatus, StatusWords> = {
  queued: { label: 'Pending', colour: 'gray', meaning: 'waits for its time or its turn' },
  dispatching: { label: 'Dispatching', colour: 'blue', meaning: 'is being handed to the provider' },
  inDoubt: {
    label: 'In doubt',
    colour: 'orange',
    meaning: 'was on its way when the connection broke; a receipt or a look-up settles whether it left',
  },
  sent: {
    label: 'Awaiting receipt',
    colour: 'blue',
    meaning: 'was taken by the provider; no receipt yet (of emails none may come)',
  },
  delivered: { label: 'Delivered', colour: 'green', meaning: 'reached the handset' },
  read: { label: 'Read', colour: 'teal', meaning: 'was opened by its reader' },
  bounced: { label: 'Bounced', colour: 'red', meaning: 'was refused or lost by the carrier' },
  skipped: { label: 'Skipped', colour: 'yellow', meaning: 'was not sent, for the reason given' },
};

/** True for the name of a status. */
export const isMessageStatus = (text: unknown): text is MessageStatus =>
  typeof text === 'string' && Object.hasOwn(statuses, text);

/** Words of a message's status. */
export function messageStatusWords(status: string): StatusWords {
  return isMessageStatus(status) ? statuses[status] : { label: status, colour: 'gray', meaning: '' };
}

/** Every status with its label, for filters. */
export const messageStatuses = Object.keys(statuses)
  .filter(isMessageStatus)
  .map((value) => ({ value, label: statuses[value].label }));

const waits: Record<string, (until: string) => string> = {
  pause: () => 'held by the pause of its campaign',
  turn: () => 'waits for its sender’s turn',
  retry: (until) => `failed on its way; tried again ${until}`,
  time: (until) => `waits for its own time, ${until}`,
  hours: (until) => `waits for lawful hours where they are, until ${until}`,
  hoursOrLimit: (until) => `waits for lawful hours where they are or a limit of messages, until ${until}`,
};

/** Why a message that has not left waits, and until when; empty for one that does not wait. */
export function waitingWords(waitingFor: unknown, dueAt: string | number | null): string {
  const words = typeof waitingFor === 'string' ? waits[waitingFor] : undefined;
  return words ? words(instant(dueAt)) : '';
}

const media: Record<string, string> = { sms: 'SMS', whatsapp: 'WhatsApp', email: 'Email' };

/** A medium as people write it. */
export function mediumWords(medium: string): string {
  return media[medium.toLowerCase()] ?? medium;
}
