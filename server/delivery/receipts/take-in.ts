import { type RawBuilder, sql } from 'kysely';
import { type Clock, systemClock } from '../../clock/clock.ts';
import { isOnCluster } from '../../database/cluster.ts';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { storableText } from '../../providers/storable-text.ts';
import { byLane } from '../../users/by-lane.ts';
import type { ReceiptRow } from './fold-receipts.ts';

/** A receipt with the message it is about. */
export interface IncomingReceipt extends Omit<ReceiptRow, 'wire'> {
  lane: number;
  messageId: number;
  /** The wire it came by. */
  wire: string;
  /** The project whose provider account signed the callback; absent for what our own worker learnt. */
  projectId?: number;
}

/** Takes receipts into the database, many at a time. */
export interface ReceiptIntake {
  /** Resolves when the receipt is committed; rejects when it could not be, so that the provider tries again. */
  take(receipt: IncomingReceipt): Promise<void>;
}

/** The flow that applies receipts, as wakes name it, and receipts as what is due there. */
export const settlementFlow = 'settlement';
export const receiptsDue = 0;

/** Where receipts have come within so long the next are found by a look, which comes often then. */
const oftenMs = 1_000;
/** The least time from one commit to the next: who called waits so much longer, and a commit costs as much as many receipts. */
const gatherMs = 20;

/**
 * Gathers receipts for 20 ms, or while a commit is under way, and writes all that have come by one insert: under load each
 * commit carries hundreds, at rest one carries a single receipt without waiting. Where the insert fails for what
 * one of them holds, each is written by itself, so that only that one is refused. The first after a while wakes
 * those who apply them.
 */
export function openReceiptIntake(db: Database, clock: Clock = systemClock): ReceiptIntake {
  const waiting: { receipt: IncomingReceipt; done: () => void; failed: (error: unknown) => void }[] = [];
  let writing = false;
  let wroteAt = Number.NEGATIVE_INFINITY;
  const write = async (receipts: readonly IncomingReceipt[]) => {
    await insertReceipts(db, receipts);
    const now = clock.now().getTime();
    const isRare = now - wroteAt > oftenMs;
    wroteAt = now;
    // A wake that is lost costs the time to the next look.
    if (isRare) void wakeWorkersOnCommit(db, receipts.map(toWake)).catch(() => undefined);
  };
  const writeAll = async () => {
    writing = true;
    while (waiting.length > 0) {
      const early = wroteAt + gatherMs - clock.now().getTime();
      if (early > 0) await clock.sleep(Math.min(early, gatherMs));
      const batch = waiting.splice(0, 1_000);
      await writeTogether(batch).catch((error: unknown) => {
        for (const entry of batch) entry.failed(error);
      });
    }
    writing = false;
  };
  const writeTogether = async (batch: typeof waiting) => {
    // Each lane by itself: over several nodes a commit takes two phases, and waits for the slowest.
    const parts = (await isOnCluster(db))
      ? byLane(batch, ({ receipt }) => receipt.lane)
      : [[0, batch] as const];
    await Promise.all(parts.map(([, entries]) => writeBatch(entries)));
  };
  const writeBatch = async (batch: typeof waiting) => {
    try {
      await write(batch.map((entry) => entry.receipt));
      for (const entry of batch) entry.done();
    } catch (error) {
      if (isDataError(error) && batch.length > 1) await writeEach(batch);
      else for (const entry of batch) entry.failed(error);
    }
  };
  const writeEach = async (batch: typeof waiting) => {
    for (const { receipt, done, failed } of batch) await write([receipt]).then(done, failed);
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

const toWake = ({ lane }: IncomingReceipt) => ({ flow: settlementFlow, lane, due: receiptsDue });

/** Class 22 of SQLSTATE: the statement is well, but a value in it is not. */
function isDataError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('22');
}

const columns = sql`message_id, project_id, wire, status, provider_message_id, error_class, code, detail, retry_after_ms,
  attempt, at`;

/** Stores receipts until their lane's worker applies them; on a cluster those of one lane, on its node alone. */
async function insertReceipts(db: Database, receipts: readonly IncomingReceipt[]): Promise<void> {
  const [first] = receipts;
  if (!first || !(await isOnCluster(db))) {
    await sql`
      INSERT INTO receipt (lane, id, ${columns})
      SELECT lane, nextval('receipt_id_seq'), ${columns} FROM ${given(receipts)} AS r (lane, ${columns})`.execute(
      db,
    );
    return;
  }
  // The node does not know the sequence.
  const { rows: numbers } = await sql<{ id: number }>`
    SELECT nextval('receipt_id_seq') AS id FROM generate_series(1, ${receipts.length}::int)`.execute(db);
  await sql`
    INSERT INTO receipt (lane, id, ${columns})
    SELECT here.lane, r.id, ${columns} FROM ${here(first.lane)}
    CROSS JOIN ${given(receipts, numbers)} AS r (receipt_lane, ${columns}, id)`.execute(db);
}

/** SQL: receipts as rows of a statement, with numbers at the end where they have some. */
function given(
  receipts: readonly IncomingReceipt[],
  numbers?: readonly { id: number }[],
): RawBuilder<unknown> {
  const column = <T>(of: (receipt: IncomingReceipt) => T) => receipts.map(of);
  const text = (of: (receipt: IncomingReceipt) => string | null) =>
    receipts.map((receipt) => {
      const value = of(receipt);
      return value === null ? null : storableText(value);
    });
  return sql`unnest(
    ${column((r) => r.lane)}::smallint[], ${column((r) => r.messageId)}::bigint[],
    ${column((r) => r.projectId ?? null)}::int[], ${column((r) => r.wire)}::text[],
    ${column((r) => r.status)}::text[], ${text((r) => r.providerMessageId)}::text[],
    ${column((r) => r.errorClass)}::text[], ${text((r) => r.code)}::text[],
    ${text((r) => r.detail)}::text[], ${column((r) => r.retryAfterMs)}::int[],
    ${column((r) => r.attempt)}::int[], ${column((r) => r.at)}::timestamptz[]
    ${numbers ? sql`, ${numbers.map(({ id }) => id)}::bigint[]` : sql``})`;
}
