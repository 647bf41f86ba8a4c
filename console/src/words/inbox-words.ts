import type { Ability, Agent, Entry, ThreadState } from '../api/inbox.ts';
import { ago, counted, instant } from './formats.ts';
import { mediumWords } from './message-statuses.ts';

/** Each state of a thread: its words and its colour. */
export const stateWords: Record<ThreadState, { label: string; colour: string }> = {
  open: { label: 'Open', colour: 'blue' },
  waiting: { label: 'Waiting for them', colour: 'gray' },
  snoozed: { label: 'Snoozed', colour: 'grape' },
  resolved: { label: 'Resolved', colour: 'green' },
  spam: { label: 'Spam', colour: 'orange' },
};

const refusals: Record<NonNullable<Ability['refusal']>, string> = {
  optedOut: 'has opted out; only what they write themselves (START) undoes that',
  windowClosed: 'wrote too long ago for words of your own; a template may go',
  addressGone: 'has this number or account no more',
  senderStopped: 'wrote to a sender that is stopped',
  noAnswers: 'cannot be answered in words of your own here',
};

/** Why somebody cannot be written to on a channel, as the end of a sentence about them. */
export const cannotWords = (refusal: NonNullable<Ability['refusal']>) => refusals[refusal];

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** How long is left until an instant: "5 h 12 min", "3 days". */
export function leftWords(until: string, now: number): string {
  const left = Math.max(0, new Date(until).getTime() - now);
  if (left >= 3 * dayMs) return counted(Math.floor(left / dayMs), 'day');
  const hours = Math.floor(left / hourMs);
  const minutes = Math.floor((left % hourMs) / minuteMs);
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
}

/** A channel as it is chosen. */
export const channelWords = ({ medium, senderName }: Ability) => `${mediumWords(medium)}, ${senderName}`;

/** What to call an agent: their name, or what a key is called. */
export function agentName(agents: readonly Agent[], email: string | null): string {
  if (email === null) return 'Nobody';
  return agents.find((agent) => agent.email === email)?.name ?? email;
}

/** What was done with a thread, as a sentence. */
export function logWords(entry: Entry, nameOf: (email: string | null) => string): string {
  const who = entry.agent === null ? null : nameOf(entry.agent);
  const { to, until, tags } = entry.details;
  const by = (deed: string, alone: string) => (who === null ? alone : `${who} ${deed}`);
  switch (entry.text) {
    case 'opened':
      return 'A thread was opened';
    case 'reopened':
      return by('reopened it', 'They wrote again: it is open again');
    case 'assigned':
      return typeof to === 'string'
        ? by(`gave it to ${nameOf(to)}`, `It came to ${nameOf(to)}`)
        : by('gave it to nobody', 'It is nobody’s: whose it was did not answer in time');
    case 'snoozed':
      return by(`snoozed it until ${instant(String(until))}`, 'It was snoozed');
    case 'woken':
      return 'The snooze is over';
    case 'waiting':
      return by('waits for them', 'It waits for them');
    case 'open':
      return by('opened it', 'It is open');
    case 'resolved':
      return by('resolved it', 'It was resolved');
    case 'spam':
      return by('marked it as spam', 'It was marked as spam');
    case 'tagged':
      return Array.isArray(tags) && tags.length > 0
        ? by(`tagged it ${tags.join(', ')}`, 'It was tagged')
        : by('took its tags away', 'Its tags were taken away');
    case 'autoReplied':
      return 'An automatic answer went out';
    case 'handedOver':
      return `They were handed over by ${String(entry.details.by)}`;
    case 'cancelled':
      return 'They wrote first: what was to be sent later is not';
    default:
      return `${entry.text}`;
  }
}

/** When an answer is due, and whether that is over. */
export function dueWords(due: string, now: number): { words: string; isOver: boolean } {
  const isOver = new Date(due).getTime() < now;
  return { words: isOver ? `Due ${ago(due, now)}` : `Due in ${leftWords(due, now)}`, isOver };
}
