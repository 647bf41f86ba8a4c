import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { ReceiptRow } from './fold-receipts.ts';

/** A receipt with the message it is about. */
export interface IncomingReceipt extends ReceiptRow {
  lane: number;
  messageId: number;
}

/** Takes receipts into the database, many at a time. */
export interface ReceiptIntake {
  /** Resolves when the receipt is committed; rejects when it could not be, so that the provider tries again. */
  take(receipt: IncomingReceipt): Promise<void>;
}

/**
 * Gathers receipts while a commit is under way and writes all that have come by one insert: under load each
 * commit carries hundreds, at rest one carries a single receipt without waiting.
 */
export function openReceiptIntake(db: Database): ReceiptIntake {
  const waiting: { receipt: IncomingReceipt; done: () => void; failed: (error: unknown) => void }[] = [];
  let writing = false;
  const writeAll = async () => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, 1_000);
      try {
        await insertReceipts(
          db,
          batch.map((entry) => entry.receipt),
        );
        for (const entry of batch) entry.done();
      } catch (error) {
        for (const entry of batch) entry.failed(error);
      }
    }
    writing = false;
  };
  return {
    take: (receipt) =>
      new Promise((done, failed) => {
        waiting.push({ receipt, done, failed });
        // Others that arrive in the same turn of the event loop join the first one's commit.
        if (!writing) setImmediate(() => writing || void writeAll());
      }),
  };
}

/** Stores receipts until their lane's worker applies them. */
async function insertReceipts(db: Database, receipts: readonly IncomingReceipt[]): Promise<void> {
  const column = <T>(of: (receipt: IncomingReceipt) => T) => receipts.map(of);
  await sql`
    INSERT INTO receipt (lane, id, message_id, status, provider_message_id, error_class, code, detail,
      retry_after_ms, attempt, at)
    SELECT lane, nextval('receipt_id_seq'), message_id, status, provider_message_id, error_class, code, detail,
      retry_after_ms, attempt, at
    FROM unnest(
      ${column((r) => r.lane)}::smallint[], ${column((r) => r.messageId)}::bigint[],
      ${column((r) => r.status)}::text[], ${column((r) => r.providerMessageId)}::text[],
      ${column((r) => r.errorClass)}::text[], ${column((r) => r.code)}::text[],
      ${column((r) => r.detail)}::text[], ${column((r) => r.retryAfterMs)}::int[],
      ${column((r) => r.attempt)}::smallint[], ${column((r) => r.at)}::timestamptz[]
    ) AS r (lane, message_id, status, provider_message_id, error_class, code, detail, retry_after_ms, attempt, at)
  `.execute(db);
}
