import type { Purpose, StandingStatus } from '../../../database/tables/consent.ts';
import type { MessageBasis, MessageStatus } from '../../../database/tables/delivery.ts';
import type { BrakeState } from '../../../requests/brake.sql.ts';
import { type FrequencyCap, reachedLimit } from '../reached-limit.ts';

/** For tests: a message as the reference model knows it; instants are milliseconds since 1970. */
export interface ModelMessage {
  id: number;
  user: number;
  campaign: number | null;
  basis: Exclude<MessageBasis, 'test'>;
  /** Its user's; its user's no longer; or none, since its user was deleted while it was on the wire. */
  address: 'own' | 'former' | 'emptied';
  medium: 'sms' | 'whatsApp' | 'email';
  /**
   * What may go to anybody, or on WhatsApp what is free-form: alone, with a template that stands by, or with one that its provider
   * refuses by now.
   */
  says: 'anything' | 'freeForm' | 'freeFormElseTemplate' | 'freeFormElseRefused';
  segments: number;
  status: MessageStatus;
  skipReason: string | null;
  dueAt: number;
  closesAt: number | null;
  leaveBefore: number | null;
  legalCap: number | null;
  onCap: 'delay' | 'skip';
  dispatchedAt: number | null;
  /** When an earlier attempt failed. */
  failedAt: number | null;
  attempts: number;
  /** Of the sender under test, or of another. */
  isMine: boolean;
}

/** Where a person stands with the channel and the message type. */
export interface ModelUser {
  channel: StandingStatus | null;
  type: StandingStatus | null;
  /** Whether the standing with the type is newer than that with the channel. */
  typeIsNewer: boolean;
  /** A mark on the standing with the channel. */
  paused: boolean;
  /** When the session that they opened from their own address ends; null for none. */
  sessionEnds: number | null;
}

/** What a claim is asked, on which ground. */
export interface ModelClaim {
  medium: 'sms' | 'whatsApp';
  purpose: Purpose;
  now: number;
  limit: number;
  segments: number;
  /** Segments left of the sender's day. */
  today: number;
  frequencyCaps: FrequencyCap[];
  users: ModelUser[];
  /** The brake of each campaign; null for none. */
  brakes: (BrakeState | null)[];
}

const hour = 3_600_000;
/** The span of every legal cap in these tests: a day, rolling. */
export const legalCapHours = 24;

/**
 * The rules of a claim said one message at a time, as plainly as they can be: what each message is after it.
 * Held against the one statement that does it.
 */
export function claimByModel(
  request: ModelClaim,
  messages: readonly ModelMessage[],
): {
  after: ModelMessage[];
  leaving: number[];
  expired: number[];
  moved: number[];
  /** Those too that left before and failed: they remain bounced. */
  skipped: number[];
  seen: number;
} {
  const promotional = request.purpose === 'promotional';
  const due = messages
    .filter((message) => message.isMine && message.status === 'queued' && message.dueAt <= request.now)
    .sort((a, b) => a.dueAt - b.dueAt || a.id - b.id)
    .slice(0, request.limit);
  const changed = new Map<number, ModelMessage>();
  const [leaving, expired, moved, skipped]: [number[], number[], number[], number[]] = [[], [], [], []];
  const looked = new Set<number>();
  let given = 0;
  for (const message of due) {
    if (promotional && looked.has(message.user)) continue;
    looked.add(message.user);
    const judged = judge(request, messages, message);
    const verdict = judged === 'send' ? judgeSession(request, message) : judged;
    if (verdict === 'send' || verdict === 'otherwise') {
      const before = given;
      given += message.segments;
      if ((before > 0 && before >= request.segments) || given > request.today) continue;
      leaving.push(message.id);
      changed.set(message.id, {
        ...message,
        says: verdict === 'otherwise' ? 'anything' : message.says,
        status: 'dispatching',
        dispatchedAt: request.now,
        attempts: message.attempts + 1,
      });
    } else if (verdict === 'expired') expired.push(message.id);
    else if (verdict === 'moved') moved.push(message.id);
    else if (verdict === 'wait') changed.set(message.id, { ...message, dueAt: Number.POSITIVE_INFINITY });
    else if (typeof verdict === 'object' && message.onCap === 'delay')
      changed.set(message.id, { ...message, dueAt: Math.max(verdict.freeAt, request.now + hour / 4) });
    else {
      skipped.push(message.id);
      if (message.failedAt !== null) {
        changed.set(message.id, { ...message, status: 'bounced' });
        continue;
      }
      const skipReason = typeof verdict === 'object' ? verdict.reason : verdict;
      changed.set(message.id, { ...message, status: 'skipped', skipReason });
    }
  }
  const after = messages.map((message) => changed.get(message.id) ?? message);
  return { after, leaving, expired, moved, skipped, seen: due.length };
}

type Verdict = string | { reason: string; freeAt: number };

function judge(request: ModelClaim, messages: readonly ModelMessage[], message: ModelMessage): Verdict {
  const brake = message.campaign === null ? null : request.brakes[message.campaign];
  if (brake === 'aborted') return 'campaignAborted';
  if (brake === 'cancelled') return 'campaignCancelled';
  if (brake === 'held') return 'wait';
  if (message.address === 'emptied') return 'userDeleted';
  if (isClosing(message.leaveBefore, request.now)) return 'tooLate';
  if (message.basis === 'ownMessage') return 'send';
  const user = request.users[message.user];
  if (message.basis === 'ownRequest') {
    if (user?.channel === 'unsubscribed') return 'optedOut';
    return message.address === 'former' ? 'moved' : 'send';
  }
  const isAsked =
    message.basis === 'pendingOptIn' &&
    user?.type === 'pending' &&
    (user.channel !== 'unsubscribed' || user.typeIsNewer);
  if (!isAsked && (user?.channel === 'unsubscribed' || user?.type === 'unsubscribed')) return 'optedOut';
  if (!isAsked && (user?.channel !== 'subscribed' || user.type !== 'subscribed')) return 'noOptIn';
  if (message.address === 'former') return 'moved';
  if (request.purpose !== 'promotional') return isClosing(message.closesAt, request.now) ? 'expired' : 'send';
  if (user?.channel && user.paused) return 'paused';
  if (isClosing(message.closesAt, request.now)) return 'expired';
  return limitAgainst(request, messages, message) ?? 'send';
}

/** What is free-form goes within a session alone; else the template that stands by does. */
function judgeSession({ medium, users, now }: ModelClaim, message: ModelMessage): Verdict {
  if (medium === 'sms' || message.says === 'anything') return 'send';
  const ends = message.address === 'own' ? (users[message.user]?.sessionEnds ?? null) : null;
  if (ends !== null && !isClosing(ends, now)) return 'send';
  return message.says === 'freeFormElseTemplate' ? 'otherwise' : 'outsideSession';
}

/** The last three seconds before a limit are left unused: the message is on its way for that long at most. */
function isClosing(limit: number | null, now: number): boolean {
  return limit !== null && limit - now <= 3_000;
}

function limitAgainst(
  { now, frequencyCaps }: ModelClaim,
  messages: readonly ModelMessage[],
  message: ModelMessage,
): { reason: string; freeAt: number } | null {
  const sent = messages
    .filter((other) => other.user === message.user && other.id !== message.id)
    .filter(
      (other) => other.status !== 'skipped' && other.basis !== 'ownMessage' && other.basis !== 'ownRequest',
    )
    .flatMap(({ medium, dispatchedAt }) =>
      dispatchedAt === null ? [] : [{ medium, at: new Date(dispatchedAt) }],
    );
  const { medium, legalCap } = message;
  const law = legalCap === null ? null : { messages: legalCap, hours: legalCapHours };
  const limit = reachedLimit({ medium, legalCap: law }, sent, frequencyCaps, new Date(now));
  return limit && { reason: limit.reason, freeAt: limit.freeAt.getTime() };
}
