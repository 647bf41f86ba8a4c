import type { Clock } from '../../clock/clock.ts';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { ProviderAccount, SendResult, Wire } from '../../providers/wire.ts';
import { throughLaneGate } from '../lane-work.ts';
import type { ReceiptIntake } from '../receipts/take-in.ts';
import type { ActiveSender } from './active-senders.ts';
import { type Claim, type ClaimedMessage, claimDue } from './claim-due.ts';
import type { InFlight } from './in-flight.ts';
import {
  holdSender,
  reserveSlots,
  type SenderPace,
  segmentsFree,
  senderDay,
  spacingMs,
} from './sender-pace.ts';

/** What dispatching needs: one of these a worker. */
export interface Dispatcher {
  db: Database;
  clock: Clock;
  /** This worker's number, written on what it puts on the wire. */
  number: number;
  wires: Record<ProviderAccount['wire'], Wire>;
  intake: ReceiptIntake;
  inFlight: InFlight;
  /** Start of callback addresses. */
  publicUrl: string;
  /** When each sender's last post left this process, in milliseconds since 1970. */
  lastDeparture: Map<number, number>;
}

/** Rows looked at in one claim. */
const claimLimit = 500;
/** A message later than this for its slot asks for a new one: half of what the pace leaves unused. */
const mostLateMs = 25;

/**
 * Sends what one sender may send in one lane now, and returns when every post has left (answers come in by
 * themselves, as receipts). Null when the sender has no time free. The caller has taken the lane.
 */
export async function dispatchLane(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  sender: ActiveSender,
): Promise<Claim | null> {
  const now = dispatcher.clock.now();
  const pace: SenderPace = {
    senderId: sender.id,
    mps: sender.mps,
    dailyCap: sender.dailyCap,
    ...senderDay(sender.dayZone, now),
  };
  const free = await segmentsFree(connection, pace, now);
  if (free === 0) return null;
  return throughLaneGate(connection, lane, async () => {
    const claimed =
      (await claimAndReserve(dispatcher, connection, lane, sender, pace, free)) ??
      (await claimAndReserve(dispatcher, connection, lane, sender, pace, 1));
    if (!claimed) {
      await holdSender(connection, sender.id, pace.nextDayAt);
      return null;
    }
    await depart(dispatcher, connection, lane, sender, pace, claimed.claim.leaving, claimed.startAt);
    return claimed.claim;
  });
}

/** Claims and takes the sender's time for it in one transaction; null when the day has not so much left. */
async function claimAndReserve(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  sender: ActiveSender,
  pace: SenderPace,
  segments: number,
): Promise<{ claim: Claim; startAt: Date } | null> {
  const dayIsFull = Symbol();
  try {
    return await connection.transaction().execute(async (transaction) => {
      const now = dispatcher.clock.now();
      const claim = await claimDue(transaction, {
        lane,
        senderId: sender.id,
        purpose: sender.purpose,
        now,
        limit: Math.min(claimLimit, segments),
        segments,
        frequencyCaps: sender.frequencyCaps,
        dispatcher: dispatcher.number,
      });
      if (claim.leaving.length === 0) return { claim, startAt: now };
      const length = claim.leaving.reduce((sum, message) => sum + message.segments, 0);
      const startAt = await reserveSlots(transaction, pace, length, now, 'first');
      if (!startAt) throw dayIsFull;
      return { claim, startAt };
    });
  } catch (error) {
    if (error === dayIsFull) return null;
    throw error;
  }
}

/** Posts each message at its slot; resolves when the last one has left. */
async function depart(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  sender: ActiveSender,
  pace: SenderPace,
  messages: readonly ClaimedMessage[],
  startAt: Date,
): Promise<void> {
  const spacing = spacingMs(sender.mps);
  const departures: Promise<void>[] = [];
  let slot = startAt.getTime();
  for (const [index, message] of messages.entries()) {
    const room = dispatcher.inFlight.enter();
    if (room) await room;
    let now = dispatcher.clock.now().getTime();
    if (now - slot > mostLateMs) {
      const left = messages.slice(index).reduce((sum, each) => sum + each.segments, 0);
      const again = await reserveSlots(connection, pace, left, new Date(now), 'again');
      slot = again?.getTime() ?? now;
      now = dispatcher.clock.now().getTime();
    }
    slot = Math.max(slot, (dispatcher.lastDeparture.get(sender.id) ?? 0) + spacing);
    if (slot - now >= 1) await dispatcher.clock.sleep(slot - now);
    dispatcher.lastDeparture.set(
      sender.id,
      Math.max(slot, dispatcher.clock.now().getTime() - mostLateMs) + (message.segments - 1) * spacing,
    );
    slot += message.segments * spacing;
    departures.push(new Promise((resolve) => void post(dispatcher, lane, sender, message, resolve)));
  }
  await Promise.all(departures);
}

async function post(
  dispatcher: Dispatcher,
  lane: number,
  sender: ActiveSender,
  message: ClaimedMessage,
  onDeparted: () => void,
): Promise<void> {
  const reference = encodeMessageId(lane, message.id);
  const wire = dispatcher.wires[sender.account.wire];
  const result = await wire.send(
    sender.account,
    {
      reference,
      from: sender.wireAddress,
      to: message.toAddress,
      content: message.content,
      callbackUrl: `${dispatcher.publicUrl}/callbacks/${sender.account.wire}/${sender.account.id}/${reference}`,
    },
    { onDeparted },
  );
  onDeparted();
  await keep(dispatcher, lane, message, result);
  dispatcher.inFlight.leave();
}

const keepTries = 20;
const keepPauseMs = 500;

/**
 * Hands the answer to the database, and goes on trying while the database is away: an answer that is lost
 * leaves its message in doubt.
 */
async function keep(
  dispatcher: Dispatcher,
  lane: number,
  message: ClaimedMessage,
  result: SendResult,
): Promise<void> {
  const receipt = {
    lane,
    messageId: message.id,
    status: result.outcome,
    providerMessageId: result.outcome === 'accepted' ? result.providerMessageId : null,
    errorClass: result.outcome === 'refused' ? result.errorClass : null,
    code: result.outcome === 'refused' ? result.code : null,
    detail: result.outcome === 'accepted' ? null : result.detail,
    retryAfterMs: result.outcome === 'refused' ? (result.retryAfterMs ?? null) : null,
    attempt: message.attempt,
    at: dispatcher.clock.now(),
  };
  for (let tries = 1; tries <= keepTries; tries++) {
    try {
      return await dispatcher.intake.take(receipt);
    } catch {
      await dispatcher.clock.sleep(keepPauseMs);
    }
  }
}
