import type { Clock } from '../../clock/clock.ts';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { ProviderAccount, SendResult, Wire } from '../../providers/wire.ts';
import { throughLaneGate } from '../lane-work.ts';
import type { ReceiptIntake } from '../receipts/take-in.ts';
import type { ActiveSender } from './active-senders.ts';
import { type Claim, type ClaimedMessage, claimDue } from './claim-due.ts';
import type { InFlight } from './in-flight.ts';
import { holdSender, reserveSlots, type SenderPace, segmentsFree, senderDay, timeOf } from './sender-pace.ts';

/** What dispatching needs: one of these a worker. */
export interface Dispatcher {
  db: Database;
  clock: Clock;
  /** This worker's number, written on what it puts on the wire. */
  number: number;
  wires: Record<ProviderAccount['wire'], Wire>;
  intake: ReceiptIntake;
  inFlight: InFlight;
  /** Whether this worker's sign of life stands; without it nothing may be put on the wire. */
  stands(): boolean;
  /** Whether no other worker shares the senders: then `freeAt` alone keeps their pace. */
  isAlone(): boolean;
  /** Start of callback addresses. */
  publicUrl: string;
  /** When each sender is free again after its last post from this process, in milliseconds since 1970. */
  freeAt: Map<number, number>;
}

/** Rows looked at in one claim. */
const claimLimit = 500;
/** A message later than this for its slot asks for a new one: a quarter of what the pace leaves unused. */
const mostLateMs = 25;
/** On a machine that is always late a message goes after so many new slots. */
const mostSlots = 4;

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
  const pace = paceOf(sender, now);
  const free = (await segmentsFree(connection, [pace], now)).get(sender.id) ?? 0;
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

/** A sender's pace, with the day that `now` falls in at its zone. */
export function paceOf(sender: ActiveSender, now: Date): SenderPace {
  const { id, mps, dailyCap, dayZone } = sender;
  return { senderId: id, mps, dailyCap, ...senderDay(dayZone, now) };
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
      const lengths = claim.leaving.map((message) => message.segments);
      const startAt = await reserveSlots(transaction, pace, lengths, now, 'first');
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
  const departures: Promise<void>[] = [];
  let slot = startAt.getTime();
  for (const [index, message] of messages.entries()) {
    const room = dispatcher.inFlight.enter();
    if (room) await room;
    try {
      slot = await awaitSlot(dispatcher, connection, pace, messages, index, slot);
      if (!dispatcher.stands())
        throw new Error('the sign of life was lost: what has not left stays in doubt');
    } catch (error) {
      dispatcher.inFlight.leave();
      throw error;
    }
    const time = timeOf(sender.mps, message.segments);
    const leavesAt = Math.max(slot, dispatcher.clock.now().getTime() - mostLateMs);
    dispatcher.freeAt.set(sender.id, leavesAt + time);
    slot += time;
    departures.push(new Promise((resolve) => void post(dispatcher, lane, sender, message, resolve)));
  }
  await Promise.all(departures);
}

/**
 * Waits for the slot of the message at `index` and returns it. When it comes too late for that, since there was
 * no room or the machine was busy, it and those after it get new ones.
 */
async function awaitSlot(
  dispatcher: Dispatcher,
  connection: Database,
  pace: SenderPace,
  messages: readonly ClaimedMessage[],
  index: number,
  given: number,
): Promise<number> {
  const { clock } = dispatcher;
  let slot = given;
  for (let slots = 1; ; slots++) {
    const late = clock.now().getTime() - slot;
    if (late > mostLateMs && slots <= mostSlots && !dispatcher.isAlone()) {
      const lengths = messages.slice(index).map((message) => message.segments);
      const again = await reserveSlots(connection, pace, lengths, clock.now(), 'again');
      slot = again?.getTime() ?? clock.now().getTime();
    }
    slot = Math.max(slot, dispatcher.freeAt.get(pace.senderId) ?? 0);
    const wait = slot - clock.now().getTime();
    if (wait < 1) return slot;
    await clock.sleep(wait);
  }
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
