import { sql } from 'kysely';
import { type Ledger, recordWishes } from '../../consent/ledger.ts';
import type { Database } from '../../database/connect.ts';
import type { ErrorClass } from '../../providers/error-class.ts';
import { meaningOf, wireFor } from '../../providers/wires.ts';
import { holdSender } from '../dispatch/sender-pace.ts';
import type { SettledMessage } from './apply-receipts.ts';

/** A sender that was told to slow down rests this long at least. */
const slowDownMs = 1_000;

/**
 * What a provider's refusals mean beyond the message itself: an address nobody can be reached at is not tried
 * again on that medium, an opt-out the provider knows of is recorded here too, a sender or account that may
 * not send is stopped, one that is too fast rests.
 */
export async function actOnFailures(
  ledger: Ledger,
  lane: number,
  settled: readonly SettledMessage[],
  now: Date,
): Promise<void> {
  const { db } = ledger;
  const failures = settled.flatMap((message) => {
    const receipt = message.receipts.findLast(
      (each) => each.status === 'refused' || each.status === 'failed',
    );
    if (!receipt) return [];
    const errorClass =
      receipt.errorClass ?? meaningOf(wireFor(message.medium), receipt.code ?? undefined).errorClass;
    return [{ message, receipt, errorClass }];
  });
  const of = (errorClass: ErrorClass) => failures.filter((failure) => failure.errorClass === errorClass);
  await markUnreachable(
    db,
    lane,
    of('badAddress').map(({ message, receipt }) => ({ message, code: receipt.code ?? '' })),
  );
  await recordWishes(
    ledger,
    of('optedOut').map(({ message, receipt }) => ({
      lane,
      userId: message.userId,
      projectId: message.projectId,
      action: 'optOut' as const,
      kind: 'channel' as const,
      targetId: message.channelId,
      address: message.toAddress,
      method: 'provider' as const,
      source: `refused by the provider with ${receipt.code ?? 'no code'}`,
      wording: receipt.detail ?? undefined,
      happenedAt: receipt.at,
    })),
    now,
  );
  for (const { message, receipt } of [...of('sender'), ...of('account')])
    await stopSender(db, message.senderId, `${receipt.code ?? ''} ${receipt.detail ?? ''}`.trim());
  const throttled = new Map(
    of('throttled').map(({ message, receipt }) => [message.senderId, receipt.retryAfterMs ?? slowDownMs]),
  );
  for (const [senderId, wait] of throttled)
    if (senderId !== null)
      await holdSender(db, senderId, new Date(now.getTime() + Math.max(wait, slowDownMs)));
}

/** Notes on users that their address on a medium cannot be reached, with the carrier's code. */
async function markUnreachable(
  db: Database,
  lane: number,
  failures: readonly { message: SettledMessage; code: string }[],
): Promise<void> {
  if (failures.length === 0) return;
  await sql`
    UPDATE users u SET unreachable = u.unreachable || jsonb_build_object(f.medium, f.code)
    FROM unnest(
      ${failures.map(({ message }) => message.userId)}::bigint[], ${failures.map(({ message }) => message.medium)}::text[],
      ${failures.map(({ code }) => code)}::text[]) AS f (user_id, medium, code)
    WHERE u.lane = ${lane} AND u.id = f.user_id
  `.execute(db);
}

async function stopSender(db: Database, senderId: number | null, reason: string): Promise<void> {
  if (senderId === null) return;
  await db
    .updateTable('sender')
    .set({ state: 'stopped', stopped_reason: reason })
    .where('id', '=', senderId)
    .where('state', '=', 'active')
    .execute();
}
