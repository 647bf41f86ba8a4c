import type { Wish } from '../../consent/wish.ts';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import type { ErrorClass } from '../../providers/error-class.ts';
import { meaningOf } from '../../providers/wires.ts';
import { restSenders } from '../../senders/pace/rest-senders.sql.ts';
import { holdSender } from '../../senders/pace/sender-pace.ts';
import { stopAccountOf, stopSender } from '../../senders/stop-senders.sql.ts';
import { markReached, markUnreachable, reachChanges } from '../../users/unreachable.ts';
import type { SettledMessage } from './apply-receipts.ts';
import { believedFailures } from './believed-failures.sql.ts';
import type { ReceiptRow } from './fold-receipts.ts';
import { nextDayOf } from './retry-rules.ts';

/** A sender that was told to slow down rests this long at least. */
const slowDownMs = 1_000;

interface Failed {
  message: SettledMessage;
  receipt: ReceiptRow;
  errorClass: ErrorClass;
}

/**
 * What a provider's words mean beyond the message itself: an address nobody can be reached at is not tried
 * again on that medium until a message arrives there, a sender or account that may not send is stopped, one that is too
 * fast, out of reach or has used up its day rests. For opt-outs that the provider knows of see `taughtOptOuts`.
 * Only failures that changed their message are acted on: what is told twice, or too late, means nothing new. In the
 * transaction that applies the receipts, so that what they teach is never lost.
 */
export async function actOnFailures(
  db: Database,
  announce: Announce,
  lane: number,
  settled: readonly SettledMessage[],
  now: Date,
): Promise<void> {
  const failures = settled.flatMap(failureOf);
  const of = (errorClass: ErrorClass) => failures.filter((failure) => failure.errorClass === errorClass);
  const otherwise = [
    ...(await markUnreachable(
      db,
      lane,
      await believedFailures(db, lane, of('badAddress').flatMap(notReached)),
    )),
    ...(await markReached(db, lane, settled.filter(hasArrived).flatMap(addressOf))),
  ];
  if (otherwise.length > 0) await announce(db, reachChanges(lane, otherwise, now));
  for (const { message, receipt } of of('sender'))
    if (message.senderId !== null) await stopSender(db, message.senderId, reasonOf(receipt));
  for (const { message, receipt } of of('account'))
    if (message.senderId !== null) await stopAccountOf(db, message.senderId, reasonOf(receipt));
  await restSenders(
    db,
    of('unsent').flatMap(({ message }) => message.senderId ?? []),
    now,
  );
  for (const [senderId, until] of holdsOf([...of('throttled'), ...of('nextDay')], now).toSorted(
    ([a], [b]) => a - b,
  ))
    await holdSender(db, senderId, until);
}

/** The opt-outs that a provider knows of and tells by refusing a message: to be recorded before its receipt goes. */
export function taughtOptOuts(settled: readonly SettledMessage[]): Wish[] {
  return settled
    .flatMap(failureOf)
    .filter(({ errorClass }) => errorClass === 'optedOut')
    .map(({ message, receipt }) => ({
      lane: message.lane,
      userId: message.userId,
      projectId: message.projectId,
      action: 'optOut',
      kind: 'channel',
      targetId: message.channelId,
      address: message.toAddress,
      method: 'provider',
      source: `refused by the provider with ${receipt.code ?? 'no code'}`,
      wording: receipt.detail ?? undefined,
      happenedAt: receipt.at,
    }));
}

/** The failure that gave a message its new standing; none where it has none, or no new one. */
function failureOf(message: SettledMessage): Failed[] {
  const { before, after } = message;
  const isNew = after.status !== before.status || after.retries !== before.retries;
  if (!isNew || (after.status !== 'bounced' && after.status !== 'queued')) return [];
  const receipt = message.receipts.findLast(
    (each) => (each.status === 'refused' || each.status === 'failed') && each.code === after.errorCode,
  );
  if (!receipt) return [];
  const errorClass = receipt.errorClass ?? meaningOf(receipt.wire, receipt.code).errorClass;
  return [{ message, receipt, errorClass }];
}

function hasArrived({ before, after }: SettledMessage): boolean {
  return after.deliveredAt !== null && before.deliveredAt === null;
}

function addressOf({ userId, medium, toAddress }: SettledMessage) {
  return toAddress === null ? [] : [{ userId, medium, address: toAddress }];
}

function notReached({ message, receipt }: Failed) {
  const code = receipt.code ?? '';
  const { suppressAfter = 1 } = meaningOf(receipt.wire, code);
  return addressOf(message).map((address) => ({ ...address, code, since: receipt.at, suppressAfter }));
}

function reasonOf({ code, detail }: ReceiptRow): string {
  return `${code ?? ''} ${detail ?? ''}`.trim();
}

/** Until when each sender is held: what was told last of it holds the longest. */
function holdsOf(failures: readonly Failed[], now: Date): [senderId: number, until: Date][] {
  const holds = new Map<number, Date>();
  for (const { message, receipt, errorClass } of failures) {
    if (message.senderId === null) continue;
    const { dayZone } = message.after;
    const until =
      errorClass === 'nextDay'
        ? nextDayOf({ ...receipt, errorClass, dayZone })
        : new Date(now.getTime() + Math.max(receipt.retryAfterMs ?? 0, slowDownMs));
    const known = holds.get(message.senderId);
    if (!known || known < until) holds.set(message.senderId, until);
  }
  return [...holds];
}
