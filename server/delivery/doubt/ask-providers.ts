import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { LookUpResult, MessageContent } from '../../providers/sending.ts';
import { meaningOf } from '../../providers/wires.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import { type Dispatcher, wireOf } from '../dispatch/dispatch-lane.ts';
import { withCode } from '../one-time-code.ts';
import type { IncomingReceipt } from '../receipts/take-in.ts';

/** A message in doubt that can be settled now. */
export interface DoubtfulMessage {
  id: number;
  userId: number;
  senderId: number;
  toAddress: string;
  content: MessageContent;
  attempts: number;
  dispatchedAt: Date;
  /** The wire it went by. */
  wire: string;
  /** Whether its provider can be asked about it; else its project's policy has it sent again. */
  canAsk: boolean;
}

/** A receipt of our own finding, before what was found. */
export const nothingSaid = {
  providerMessageId: null,
  errorClass: null,
  code: null,
  detail: null,
  retryAfterMs: null,
  attempt: null,
} satisfies Partial<IncomingReceipt>;

/** Look-ups under way at once. */
const mostLookUps = 8;
/** How long a look-up is waited for, and how long one pass begins new ones: the lane waits meanwhile. */
const patienceMs = 3_000;
/** An account whose provider did not answer is left alone for this long, by this process, in all lanes. */
const silenceMs = 10_000;
const silentUntil = new Map<number, number>();

/** Whether the provider of an account did not answer a moment ago. */
export function isSilent(accountId: number, now: Date): boolean {
  return (silentUntil.get(accountId) ?? 0) > now.getTime();
}

/** A message that could not be asked about is asked about again after half its age, within these bounds. */
const [shortestPauseMs, longestPauseMs] = [10_000, 600_000];

/**
 * Asks the providers about messages in doubt and takes in what they say. The messages of one person are asked about
 * in turn, and what one was found to be is no other's: two equal ones never get the same id. A provider that does
 * not answer is left alone for a while.
 */
export async function askProviders(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  senders: ReadonlyMap<number, ActiveSender>,
  messages: readonly DoubtfulMessage[],
): Promise<void> {
  const { clock } = dispatcher;
  const endsAt = clock.now().getTime() + patienceMs;
  const known = await knownIds(connection, lane, [...new Set(messages.map((message) => message.userId))]);
  const people = [...Map.groupBy(messages, (message) => message.userId).values()];
  const put: DoubtfulMessage[] = [];
  const ask = async (message: DoubtfulMessage) => {
    const sender = senders.get(message.senderId);
    if (!sender || clock.now().getTime() > endsAt || isSilent(sender.account.id, clock.now())) return;
    const ids = known.filter(({ userId, of }) => userId === message.userId && of !== message.id);
    const result = await lookUp(dispatcher, lane, sender, message, new Set(ids.map(({ id }) => id)));
    if (result.outcome === 'unreachable') {
      silentUntil.set(sender.account.id, clock.now().getTime() + silenceMs);
      put.push(message);
      return;
    }
    if (result.outcome === 'found')
      known.push({ userId: message.userId, id: result.providerMessageId, of: null });
    await takeIn(dispatcher, lane, message, result);
  };
  const run = async () => {
    for (let person = people.shift(); person; person = people.shift())
      for (const message of person) await ask(message);
  };
  await Promise.all(Array.from({ length: mostLookUps }, run));
  await putOff(connection, lane, put, clock.now());
}

interface KnownId {
  userId: number;
  id: string;
  /** The message whose waiting receipt names it; null where a message has it already. */
  of: number | null;
}

/** The provider's ids that messages of these people have, or will have by receipts that wait. */
async function knownIds(connection: Database, lane: number, userIds: number[]): Promise<KnownId[]> {
  const { rows } = await sql<KnownId>`
    SELECT user_id AS "userId", provider_message_id AS id, NULL::bigint AS of
    FROM message
    WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[]) AND provider_message_id IS NOT NULL
    UNION ALL
    SELECT m.user_id, r.provider_message_id, r.message_id
    FROM receipt r JOIN message m ON m.lane = ${lane} AND m.id = r.message_id
    WHERE r.lane = ${lane} AND m.user_id = ANY (${userIds}::bigint[]) AND r.provider_message_id IS NOT NULL
  `.execute(connection);
  return rows;
}

async function lookUp(
  { wires, clock, secrets }: Dispatcher,
  lane: number,
  sender: ActiveSender,
  message: DoubtfulMessage,
  known: ReadonlySet<string>,
): Promise<LookUpResult> {
  const outgoing = {
    reference: encodeMessageId(lane, message.id),
    from: sender.wireAddress,
    to: message.toAddress,
    content: withCode(message.content, secrets),
  };
  const answered = new AbortController();
  const silence = clock
    .sleep(patienceMs, answered.signal)
    .then((): LookUpResult => ({ outcome: 'unreachable', detail: 'no answer in time' }));
  const answer = wireOf({ wires }, sender).lookUp?.(sender.account, outgoing, message.dispatchedAt, known);
  try {
    return await Promise.race([silence, ...(answer ? [answer] : [])]);
  } finally {
    answered.abort();
  }
}

async function takeIn(
  { intake, clock, known }: Dispatcher,
  lane: number,
  { id: messageId, wire, attempts }: DoubtfulMessage,
  result: Exclude<LookUpResult, { outcome: 'unreachable' }>,
): Promise<void> {
  const receipt = { ...nothingSaid, lane, messageId, wire, at: clock.now() };
  if (result.outcome === 'unknown') return intake.take({ ...receipt, status: 'absent', attempt: attempts });
  const { providerMessageId, status, code = null } = result;
  await intake.take({ ...receipt, status: 'accepted', providerMessageId, attempt: attempts });
  const errorClass = status === 'failed' ? meaningOf(known.named(wire), code).errorClass : null;
  await intake.take({ ...receipt, status, providerMessageId, code, errorClass });
}

/** Leaves messages alone for a while, the longer the older they are. */
async function putOff(
  connection: Database,
  lane: number,
  messages: readonly DoubtfulMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return;
  const next = messages.map(({ dispatchedAt }) => {
    const pause = (now.getTime() - dispatchedAt.getTime()) / 2;
    return new Date(now.getTime() + Math.min(Math.max(pause, shortestPauseMs), longestPauseMs));
  });
  await sql`
    UPDATE message m SET due_at = n.due_at
    FROM unnest(${messages.map((message) => message.id)}::bigint[], ${next}::timestamptz[]) AS n (id, due_at)
    WHERE m.lane = ${lane} AND m.id = n.id AND m.status = 'inDoubt'
  `.execute(connection);
}
