import { sql } from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import type { Secrets } from '../../config/secrets.ts';
import { notWaitingForDisk } from '../../database/durability.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { Announce } from '../../http/happenings.ts';
import { type LaneConnection, leaveLaneAndGate, takeLaneAndGate } from '../../lanes/lane-work.ts';
import type { OpenWire, SendResult } from '../../providers/sending.ts';
import type { Wires } from '../../providers/wires.ts';
import { findBraked } from '../../requests/brake.sql.ts';
import { callbacksOf } from '../../senders/account.ts';
import {
  allowanceOf,
  type GivenTime,
  readPace,
  reserveSlots,
  type SenderPace,
  senderDay,
  timeOf,
} from '../../senders/pace/sender-pace.ts';
import { withFlowToken } from '../flow-token.ts';
import { withCode } from '../one-time-code.ts';
import type { IncomingReceipt, ReceiptIntake } from '../receipts/take-in.ts';
import { announceSkips } from '../skip-queued.ts';
import type { ActiveSender } from './active-senders.ts';
import { type Claim, type ClaimedMessage, claimDue, giveBack } from './claim-due.ts';
import type { InFlight } from './in-flight.ts';
import type { StrandedMessages } from './stranded.ts';

/** What dispatching needs: one of these a flow of a worker. */
export interface Dispatcher {
  clock: Clock;
  secrets: Secrets;
  /** This worker's number, written on what it puts on the wire. */
  number: number;
  known: Wires;
  /** Each wire by its name. */
  wires: Readonly<Record<string, OpenWire>>;
  intake: ReceiptIntake;
  inFlight: InFlight;
  /** Keeps by what number a provider knows an address that was posted to, where that is another line's by our rules. */
  noteKnownAs(projectId: number, address: string, knownAs: string): Promise<void>;
  stranded: StrandedMessages;
  announce: Announce;
  /** Whether this worker's sign of life stands; without it nothing may be put on the wire. */
  stands(): boolean;
  /** Whether no other worker shares the senders: then `freeAt` alone keeps their pace. */
  isAlone(): boolean;
  /** Start of callback addresses. */
  publicUrl: string;
  /** When each sender is free again after its last post from this process, in milliseconds since 1970. */
  freeAt: Map<number, number>;
}

/** What came of a turn: a claim that has left, with the time that waiting for its slots took, or why there was none. */
export type Turn = { claim: Claim; more: boolean; pacedMs: number } | { restUntil: Date } | 'laneIsTaken';

/** While a claim departs its campaigns' brakes are looked at so often: for so long at most a pause waits for it. */
const brakeLookMs = 100;
/** Rows looked at in one claim. */
const claimLimit = 500;
/** A message later than this for its slot asks for a new one: a quarter of what the pace leaves unused. */
const mostLateMs = 25;
/** On a machine that is always late a message goes after so many new slots. */
const mostSlots = 4;

/**
 * Sends what one sender may send in one lane now, and returns when every post has left (answers come in by
 * themselves, as receipts). It takes three round trips to the first post: lane, gate and the sender's time; the
 * claim; its commit, and the time given away. What is skipped is told of in the claim's transaction. A connection on
 * which it throws must be ended; what it had claimed and not posted is then known as stranded.
 */
export async function dispatchLane(
  dispatcher: Dispatcher,
  connection: LaneConnection,
  lane: number,
  sender: ActiveSender,
): Promise<Turn> {
  const pace = paceOf(sender, dispatcher.clock.now());
  const [, [lock], [given]] = (await connection.together(
    sql`BEGIN`,
    takeLaneAndGate(lane, sender.purpose),
    readPace(pace),
  )) as [unknown[], { taken: boolean }[], GivenTime[]];
  if (!lock?.taken) {
    await connection.together(sql`ROLLBACK`);
    return 'laneIsTaken';
  }
  const leave = leaveLaneAndGate(lane, sender.purpose);
  const now = dispatcher.clock.now();
  const allowance = given
    ? allowanceOf(pace, given, now)
    : { restUntil: new Date(now.getTime() + unknownMs) };
  if ('restUntil' in allowance) {
    await connection.together(sql`ROLLBACK`, leave);
    return allowance;
  }
  const limit = Math.min(claimLimit, allowance.segments);
  const claim = await claimDue(connection.db, {
    lane,
    senderId: sender.id,
    medium: sender.medium,
    purpose: sender.purpose,
    now,
    limit,
    ...allowance,
    frequencyCaps: sender.frequencyCaps,
    dispatcher: dispatcher.number,
    wire: sender.account.wire,
  });
  await announceSkips(
    connection.db,
    dispatcher.announce,
    lane,
    claim.skipped.map((skip) => ({ ...sender, ...skip, skipReason: skip.reason })),
    now,
  );
  if (claim.leaving.length === 0) {
    await connection.together(sql`COMMIT`, leave);
    return { claim, more: claim.seen >= limit, pacedMs: 0 };
  }
  const ids = claim.leaving.map((message) => message.id);
  dispatcher.stranded.claimedAgain(lane, ids);
  const unposted = new Set(ids);
  try {
    const startAt = await commitAndReserve(connection, pace, claim, now);
    const pacedMs = startAt
      ? await depart(dispatcher, connection, lane, sender, pace, claim.leaving, startAt, unposted)
      : 0;
    // Too late for its hours or its time, braked, or another worker has used up the day meanwhile.
    if (unposted.size > 0) await giveBack(connection.db, lane, [...unposted]);
    unposted.clear();
    await connection.together(leave);
    return { claim, more: startAt !== null && claim.seen >= limit, pacedMs };
  } catch (error) {
    const place = { lane, purpose: sender.purpose, dispatcher: dispatcher.number };
    dispatcher.stranded.add(place, [...unposted]);
    throw error;
  }
}

/**
 * Commits a claim, then gives the sender's time for it away; null when the day has not so much left. The second
 * is a transaction of its own and, where no day is counted, does not wait for the disk: all lanes of the sender
 * need that row.
 */
async function commitAndReserve(
  connection: LaneConnection,
  pace: SenderPace,
  claim: Claim,
  now: Date,
): Promise<Date | null> {
  const lengths = claim.leaving.map((message) => message.segments);
  const answers = await connection.together(
    sql`COMMIT`,
    sql`BEGIN`,
    ...(pace.dailyCap === null ? [notWaitingForDisk] : []),
    reserveSlots(pace, lengths, now, 'first'),
    sql`COMMIT`,
  );
  const [slot] = answers.at(-2) as { startAt: Date }[];
  return slot?.startAt ?? null;
}

/** A sender of whose time nothing is known for sure is looked at again after this. */
const unknownMs = 1_000;

/** A sender's pace, with the day that `now` falls in at its zone. */
export function paceOf(sender: ActiveSender, now: Date): SenderPace {
  const { id, mps, dailyCap, dayZone } = sender;
  return { senderId: id, mps, dailyCap, ...senderDay(dayZone, now) };
}

/**
 * Posts each message at its slot and takes it off `unposted`; resolves when the last one has left, to the milliseconds
 * of waiting for slots. What finds no room before its lawful window closes or its time is over stays unposted, and so does what is braked meanwhile.
 */
async function depart(
  dispatcher: Dispatcher,
  connection: LaneConnection,
  lane: number,
  sender: ActiveSender,
  pace: SenderPace,
  messages: readonly ClaimedMessage[],
  startAt: Date,
  unposted: Set<number>,
): Promise<number> {
  let pacedMs = 0;
  const departures: Promise<void>[] = [];
  const campaignIds = [...new Set(messages.flatMap(({ campaignId }) => campaignId ?? []))];
  let braked = new Set<number>();
  let lookedAt = dispatcher.clock.now().getTime();
  let slot = startAt.getTime();
  for (const [index, message] of messages.entries()) {
    if (campaignIds.length > 0 && dispatcher.clock.now().getTime() - lookedAt >= brakeLookMs) {
      braked = await findBraked(connection.db, campaignIds);
      lookedAt = dispatcher.clock.now().getTime();
    }
    // Whoever put the brake on waits until what was claimed before has left: the rest of it stays.
    if (message.campaignId !== null && braked.has(message.campaignId)) continue;
    const room = dispatcher.inFlight.enter(sender.account.id);
    if (room) await room;
    try {
      const begunAt = performance.now();
      slot = await awaitSlot(dispatcher, connection, pace, messages, index, slot);
      pacedMs += performance.now() - begunAt;
      if (!dispatcher.stands())
        throw new Error('the sign of life was lost: what has not left goes back to the queue');
    } catch (error) {
      notPosted(dispatcher, sender);
      throw error;
    }
    const now = dispatcher.clock.now();
    if (isPast(message.closesAt, now) || isPast(message.leaveBefore, now)) {
      notPosted(dispatcher, sender);
      continue;
    }
    const time = timeOf(sender.mps, message.segments);
    const leavesAt = Math.max(slot, now.getTime() - mostLateMs);
    dispatcher.freeAt.set(sender.id, leavesAt + time);
    slot += time;
    unposted.delete(message.id);
    departures.push(new Promise((resolve) => void post(dispatcher, lane, sender, message, resolve)));
  }
  await Promise.all(departures);
  return pacedMs;
}

const isPast = (limit: Date | null, now: Date): boolean => limit !== null && limit <= now;

function notPosted({ inFlight }: Dispatcher, { account }: ActiveSender): void {
  inFlight.answered(account.id, null);
  inFlight.done();
}

/**
 * Waits for the slot of the message at `index` and returns it. When it comes too late for that, since there was
 * no room or the machine was busy, it and those after it get new ones.
 */
async function awaitSlot(
  dispatcher: Dispatcher,
  connection: LaneConnection,
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
      const { rows } = await reserveSlots(pace, lengths, clock.now(), 'again').execute(connection.db);
      slot = rows[0]?.startAt.getTime() ?? clock.now().getTime();
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
  const begin = performance.now();
  const result = await wireOf(dispatcher, sender).send(
    sender.account,
    {
      reference,
      from: sender.wireAddress,
      to: message.toAddress,
      content: withFlowToken(withCode(message.content, dispatcher.secrets), dispatcher.secrets, reference),
      callbackUrl: `${callbacksOf(dispatcher.publicUrl, sender.account)}/${reference}`,
    },
    { onDeparted },
  );
  onDeparted();
  dispatcher.inFlight.answered(sender.account.id, performance.now() - begin);
  await keep(dispatcher, lane, sender.account.wire, message, result);
  if (result.outcome === 'accepted' && result.knownAs !== undefined && message.toAddress.startsWith('+'))
    // Best effort: the next answer says it again.
    await dispatcher.noteKnownAs(sender.projectId, message.toAddress, result.knownAs).catch(() => undefined);
  dispatcher.inFlight.done();
}

/** The wire of a sender's account, which was opened by it. */
export function wireOf({ wires }: Pick<Dispatcher, 'wires'>, { account }: ActiveSender): OpenWire {
  const wire = wires[account.wire];
  if (!wire) throw new Error(`provider account ${account.id} was opened by a wire that is not here`);
  return wire;
}

const keepTries = 20;
const keepPauseMs = 500;

/**
 * Hands the answer to the database, and goes on trying while the database is away. One that cannot be kept as it is
 * is told as lost, which puts its message in doubt; so does the end of this worker's life, by itself.
 */
async function keep(
  dispatcher: Dispatcher,
  lane: number,
  wire: string,
  message: ClaimedMessage,
  result: SendResult,
): Promise<void> {
  let receipt: IncomingReceipt = {
    lane,
    messageId: message.id,
    wire,
    status: result.outcome,
    providerMessageId: result.outcome === 'accepted' ? result.providerMessageId : null,
    errorClass: result.outcome === 'refused' ? result.errorClass : null,
    code: result.outcome === 'refused' ? result.code : null,
    detail: result.outcome === 'accepted' ? null : result.detail,
    retryAfterMs: result.outcome === 'refused' ? (result.retryAfterMs ?? null) : null,
    attempt: message.attempt,
    at: dispatcher.clock.now(),
  };
  for (let tries = 1; tries <= keepTries || dispatcher.stands(); tries++) {
    try {
      return await dispatcher.intake.take(receipt);
    } catch {
      await dispatcher.clock.sleep(keepPauseMs);
      if (tries === keepTries) receipt = lostAnswer(receipt);
    }
  }
}

function lostAnswer({ lane, messageId, wire, attempt, at }: IncomingReceipt): IncomingReceipt {
  return {
    ...{ lane, messageId, wire, attempt, at, status: 'unknown', detail: 'the answer could not be kept' },
    ...{ providerMessageId: null, errorClass: null, code: null, retryAfterMs: null },
  };
}
