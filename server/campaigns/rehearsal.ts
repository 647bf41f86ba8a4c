import { unsendable } from '../content/unsendable.ts';
import { memoisedTiming } from '../delivery/admission/lawful-timing.ts';
import type { NewMessage } from '../delivery/admission/new-message.ts';
import { type Fate, whatIf } from '../delivery/admission/what-if.ts';
import { type SkipReason, skipReasons } from '../delivery/skip-reason.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { restAfter } from '../lanes/courtesy.ts';
import { lanes } from '../lanes/lanes.ts';
import { wordsOf } from '../providers/content-words.ts';
import type { ImaginedLaunch } from './imagined-launch.ts';

/** Fates that can be asked for: sent to, of these those who wait, not sent to, and each reason of that. */
export const fates = ['send', 'delayed', 'skip', ...skipReasons] as const;
export type AskedFate = (typeof fates)[number];

/** What would become of one person at a launch. */
export interface RehearsedPerson {
  /** Names the user in /api/users/{ref}. */
  userRef: string;
  email: string | null;
  userId: string | null;
  phoneNumber: string | null;
  fate: 'send' | 'skip';
  reason: SkipReason | null;
  detail: string | null;
  /** When the message would leave, were its sender as fast as need be; null for a skip. */
  dueAt: Date | null;
  /** Whether that is later than was asked for, since hours or limits stand against it. */
  isDelayed: boolean;
  /** The rest is of the message that is filled in for them; null, and 0, where none is. */
  senderId: number | null;
  sender: string | null;
  address: string | null;
  segments: number;
  /** US dollars. */
  price: number;
  subject: string | null;
  text: string | null;
}

/** A page of a rehearsal; `next` is where to go on, null at the end; for it so many people were `looked` at. */
export interface RehearsedPage {
  people: RehearsedPerson[];
  looked: number;
  next: string | null;
}

/** People looked at in one step, so that it is over soon also while a blast is under way. */
const mostAtOnce = 500;
/** So many are looked at in any case: a small audience is gone through in one call. */
const fewestLookedAt = 200;
/** After so long a call begins no other step and answers with those it found, if any; who asked goes on. */
const patienceMs = 100;

/**
 * The next people of a launch, in order of lane and id, with what would become of each; with a fate, those of whom it is
 * true: a call looks for a tenth of a second, so that a page may have few people, or none, and yet go on. Nothing is
 * written.
 */
export async function rehearse(
  context: Context,
  launch: ImaginedLaunch,
  { fate, after, limit }: { fate: AskedFate | null; after: string | null; limit: number },
): Promise<RehearsedPage> {
  const timing = memoisedTiming();
  const people: RehearsedPerson[] = [];
  const end = context.clock.now().getTime() + patienceMs;
  let looked = 0;
  let { lane, afterUserId } = readPlace(after);
  // Of a common fate there are enough among few, and each who may have it is filled in.
  let reach = 4 * limit;
  for (; looked < fewestLookedAt || context.clock.now().getTime() < end; reach *= 2) {
    const wanted = Math.min(mostAtOnce, fate === null ? limit - people.length : reach);
    const asked = { lane, afterUserId, limit: wanted };
    const { fates: found, last } = await whatIf(context.db, launch, asked, timing, (each) =>
      mayTurnOut(each, fate),
    );
    for (const each of found) {
      looked++;
      if (!isOf(each, fate)) continue;
      people.push(rehearsed(launch, lane, each));
      if (people.length === limit) return { people, looked, next: placeAfter(lane, each.user.id) };
    }
    if (last !== null) afterUserId = last;
    else if (lane === lanes.length - 1) return { people, looked, next: null };
    else [lane, afterUserId] = [lane + 1, 0];
  }
  return { people, looked, next: placeAfter(lane, afterUserId) };
}

/** A whole rehearsal, a page at a time; it rests between them, so that what is being sent goes first. */
export async function* rehearseAll(
  context: Context,
  launch: ImaginedLaunch,
): AsyncGenerator<RehearsedPerson[]> {
  let after: string | null = null;
  do {
    const place: string | null = after;
    const page: RehearsedPage = await restAfter(context.clock, () =>
      rehearse(context, launch, { fate: null, after: place, limit: exportedAtOnce }),
    );
    if (page.people.length > 0) yield page.people;
    after = page.next;
  } while (after !== null);
}

const exportedAtOnce = 250;

const isOfText = (fate: AskedFate) => unsendable.some((reason) => reason === fate);

/** Whether somebody has this fate. */
function isOf({ skip, isDelayed }: Fate, fate: AskedFate | null): boolean {
  if (fate === null) return true;
  if (fate === 'send') return skip === null;
  if (fate === 'delayed') return isDelayed;
  return fate === 'skip' ? skip !== null : skip === fate;
}

/** Whether they may have it when their text is filled in. */
const mayTurnOut = (each: Fate, fate: AskedFate | null) =>
  isOf(each, fate) || fate === 'skip' || (fate !== null && isOfText(fate));

function rehearsed({ plan }: ImaginedLaunch, lane: number, each: Fate): RehearsedPerson {
  const { user, skip, detail, dueAt, isDelayed, message } = each;
  const { email, externalId: userId, phoneNumber } = user;
  return {
    ...{ userRef: `id:${lane}.${user.id}`, email, userId, phoneNumber },
    fate: skip === null ? 'send' : 'skip',
    ...{ reason: skip, detail, dueAt, isDelayed },
    senderId: message?.senderId ?? null,
    sender: plan.senders.find(({ id }) => id === message?.senderId)?.name ?? null,
    address: message?.toAddress ?? null,
    segments: message?.segments ?? 0,
    price: (message?.priceMicros ?? 0) / 1_000_000,
    ...partsOf(message),
  };
}

function partsOf(message: NewMessage | null): { subject: string | null; text: string | null } {
  if (!message?.content) return { subject: null, text: null };
  const { content } = message;
  return content.kind === 'email'
    ? { subject: content.subject, text: content.text }
    : { subject: null, text: wordsOf(content) };
}

/** Where a walk through all lanes goes on after somebody, as answers tell it (`nextAfter`). */
export const placeAfter = (lane: number, userId: number) => `${lane}.${userId}`;

/** Reads it; the beginning where there is none. @throws ApiError for what is none. */
export function readPlace(after: string | null): { lane: number; afterUserId: number } {
  if (after === null) return { lane: 0, afterUserId: 0 };
  const [, lane, id] = /^(\d{1,3})\.(\d{1,15})$/.exec(after) ?? [];
  if (lane === undefined || Number(lane) >= lanes.length)
    throw new ApiError('BadParams', 'after: give the nextAfter of the page before', { field: 'after' });
  return { lane: Number(lane), afterUserId: Number(id) };
}
