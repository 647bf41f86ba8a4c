import type { Purpose, StandingStatus } from '../database/tables/consent.ts';
import { wireMarginMs } from '../delivery/wire-margin.ts';
import { factsOf, type Medium, type SenderKind } from '../medium/media.ts';
import { type FilesTaken, filesTakenBy } from './attachment.ts';

/** A sender that a person has written to, with all that says whether they may be answered from it. */
export interface WrittenTo {
  senderId: number;
  senderName: string;
  medium: Medium;
  kind: SenderKind;
  /** Of a sender that is a number. */
  country: string | null;
  purpose: Purpose;
  isStopped: boolean;
  /** The channel that answers from it belong to; null where the project has none. */
  channelId: number | null;
  /** Where they stand with that channel; null for nowhere. */
  status: StandingStatus | null;
  /** When they last wrote there, reactions apart, and from which address. */
  lastAt: Date;
  /** When their session with the sender ends, or ended, on media that have such (`sessionHours`); null for none. */
  sessionEnds: Date | null;
  address: string;
  /** Whether the address is theirs yet. */
  isTheirs: boolean;
}

/** Why somebody cannot be written to in plain words now. */
export type ReplyRefusal =
  /** They have refused messages of that channel, by STOP or otherwise. */
  | 'optedOut'
  /** It is too long since they wrote; a template may still go. */
  | 'windowClosed'
  /** The number or account is theirs no more. */
  | 'addressGone'
  /** The sender is stopped. */
  | 'senderStopped'
  /** The medium takes no words of this kind, or the project has no channel for it. */
  | 'noAnswers';

/** What can be done on one channel. */
export interface Ability {
  medium: Medium;
  senderId: number;
  senderName: string;
  /** Until when plain words may be sent; null where they may not. */
  until: Date | null;
  refusal: ReplyRefusal | null;
  /** Which files may go with words. */
  files: readonly FilesTaken[];
}

/** How long after somebody has written they may be answered in plain words. */
interface AnswerWindow {
  days: number;
  source: string;
}

/**
 * Where the medium sets no time (WhatsApp does: `sessionHours`). An answer on the matter somebody asked about is no marketing; an
 * inquiry counts for three months where a law counts at all. Read November 2026.
 */
const answerWindow: AnswerWindow = {
  days: 90,
  source: '47 CFR 64.1200(f)(5): an inquiry within the three months before',
};

const hourMs = 3_600_000;

/** The end of the time in which somebody who wrote may be answered in plain words. Pure. */
export function windowEnd({ medium, lastAt, sessionEnds }: WrittenTo): Date {
  if (factsOf(medium).sessionHours !== null) return sessionEnds ?? lastAt;
  return new Date(lastAt.getTime() + answerWindow.days * 24 * hourMs);
}

/**
 * Whether somebody who wrote first may be answered from the sender that they wrote to. No opt-in is needed for that, but whoever has
 * said STOP there is left alone; the claim looks once more before the answer leaves. Pure.
 */
export function abilityOf(written: WrittenTo, now: Date): Ability {
  const { medium, senderId, senderName } = written;
  const end = windowEnd(written);
  // The claim does not use the last moments, so none are promised.
  const until = new Date(end.getTime() - wireMarginMs);
  const refusal = refusalOf(written, until, now);
  const told = { until: refusal === null ? until : null, refusal, files: filesTakenBy(written) };
  return { medium, senderId, senderName, ...told };
}

function refusalOf(written: WrittenTo, end: Date, now: Date): ReplyRefusal | null {
  if (factsOf(written.medium).answers === null || written.channelId === null) return 'noAnswers';
  if (written.status === 'unsubscribed') return 'optedOut';
  if (!written.isTheirs) return 'addressGone';
  if (written.isStopped) return 'senderStopped';
  return end <= now ? 'windowClosed' : null;
}

/** Each refusal as people are told it, with the remedy. */
export const refusalWords: Readonly<Record<ReplyRefusal, string>> = {
  optedOut: 'has opted out of this channel; only what they write themselves (START) undoes that',
  windowClosed: 'wrote too long ago to be answered in plain words here; send a template',
  addressGone: 'has this number or account no more; answer on another channel',
  senderStopped: 'wrote to a sender that is stopped; start it again, or answer on another channel',
  noAnswers: 'cannot be answered in plain words on this channel; choose another',
};
