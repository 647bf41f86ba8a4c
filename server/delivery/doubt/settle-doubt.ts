import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { Purpose } from '../../database/schema.ts';
import type { MessageContent } from '../../providers/wire.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import type { Dispatcher } from '../dispatch/dispatch-lane.ts';
import type { ReceiptRow } from '../receipts/fold-receipts.ts';
import { livingDispatchers } from './living-dispatchers.ts';

/**
 * Longer than a post can be under way (15 s for the answer, and connecting before it): when a provider has no
 * such message after this time, it never will.
 */
const lookUpAfterMs = 25_000;
/** The longest wait before a callback or an operator's policy decides is looked at; bounds the table scan. */
const mostAtOnce = 200;

/**
 * Marks as in doubt what a worker that no longer lives had on the wire in this lane. Its lock is gone as soon
 * as the database notices, so nobody waits for a time-out to see the truth.
 */
export async function markInDoubt(connection: Database, lane: number): Promise<void> {
  await sql`
    UPDATE message SET status = 'inDoubt'
    WHERE lane = ${lane} AND status = 'dispatching' AND dispatcher NOT IN (${sql.raw(livingDispatchers)})
  `.execute(connection);
}

interface DoubtfulMessage {
  id: number;
  userId: number;
  senderId: number;
  purpose: Purpose;
  toAddress: string;
  content: MessageContent;
  attempts: number;
  dispatchedAt: Date;
}

/** What becomes of a message in doubt where the provider cannot be asked. */
interface DoubtPolicy {
  transactional: 'resend' | 'leave';
  promotional: 'resend' | 'leave';
  graceSeconds: number;
}

/**
 * Settles what can be settled of a lane's messages in doubt: the provider is asked where it can be; else, after
 * the grace time, the project's policy holds. A callback may settle them at any time besides.
 */
export async function settleDoubt(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  senders: ReadonlyMap<number, ActiveSender>,
): Promise<void> {
  const now = dispatcher.clock.now();
  const before = new Date(now.getTime() - lookUpAfterMs);
  const { rows } = await sql<DoubtfulMessage>`
    SELECT id, user_id AS "userId", sender_id AS "senderId", purpose, to_address AS "toAddress", content, attempts,
      dispatched_at AS "dispatchedAt"
    FROM message WHERE lane = ${lane} AND status = 'inDoubt' AND dispatched_at <= ${before}::timestamptz
    ORDER BY dispatched_at LIMIT ${mostAtOnce}
  `.execute(connection);
  for (const message of rows) {
    const sender = senders.get(message.senderId);
    if (!sender) continue;
    const verdict =
      (await askProvider(dispatcher, connection, lane, sender, message)) ??
      (await byPolicy(connection, sender, message, now));
    for (const receipt of verdict) await dispatcher.intake.take({ ...receipt, lane, messageId: message.id });
  }
}

/** What the provider says, as receipts; null where it cannot be asked. */
async function askProvider(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  sender: ActiveSender,
  message: DoubtfulMessage,
): Promise<ReceiptRow[] | null> {
  const wire = dispatcher.wires[sender.account.wire];
  if (!wire.lookUp) return null;
  const known = await connection
    .selectFrom('message')
    .select('provider_message_id')
    .where('lane', '=', lane)
    .where('user_id', '=', message.userId)
    .where('provider_message_id', 'is not', null)
    .execute();
  const outgoing = {
    reference: encodeMessageId(lane, message.id),
    from: sender.wireAddress,
    to: message.toAddress,
    content: message.content,
  };
  const ids = new Set(known.map((row) => row.provider_message_id ?? ''));
  const result = await wire.lookUp(sender.account, outgoing, message.dispatchedAt, ids);
  const at = dispatcher.clock.now();
  switch (result.outcome) {
    case 'found': {
      const found = answer({
        status: 'accepted',
        providerMessageId: result.providerMessageId,
        attempt: message.attempts,
        at,
      });
      const standing = answer({
        status: result.status,
        providerMessageId: result.providerMessageId,
        code: result.code ?? null,
        at,
      });
      return [found, standing];
    }
    case 'unknown':
      return [answer({ status: 'absent', attempt: message.attempts, at })];
    case 'unreachable':
      return [];
  }
}

async function byPolicy(
  connection: Database,
  sender: ActiveSender,
  message: DoubtfulMessage,
  now: Date,
): Promise<ReceiptRow[]> {
  const project = await connection
    .selectFrom('project')
    .select('doubt_policy')
    .where('id', '=', sender.projectId)
    .executeTakeFirstOrThrow();
  // Checked when the project's settings were saved.
  const policy = project.doubt_policy as DoubtPolicy;
  const waited = now.getTime() - message.dispatchedAt.getTime();
  if (waited < policy.graceSeconds * 1_000 || policy[message.purpose] === 'leave') return [];
  return [answer({ status: 'absent', attempt: message.attempts, at: now })];
}

function answer(part: Partial<ReceiptRow> & Pick<ReceiptRow, 'status' | 'at'>): ReceiptRow {
  return {
    providerMessageId: null,
    errorClass: null,
    code: null,
    detail: null,
    retryAfterMs: null,
    attempt: null,
    ...part,
  };
}
