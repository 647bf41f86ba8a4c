import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Medium } from '../../medium/media.ts';
import type { Wires } from '../../providers/wires.ts';
import { isTheirs } from '../../users/address-rows.sql.ts';
import { changeMessages } from '../rollups/count-changes.sql.ts';
import { foldReceipts, type MessageStanding, type ReceiptRow } from './fold-receipts.ts';

/** A message that receipts changed, with what it was before. */
export interface SettledMessage {
  lane: number;
  id: number;
  projectId: number;
  userId: number;
  campaignId: number | null;
  templateId: number | null;
  channelId: number;
  medium: Medium;
  senderId: number | null;
  toAddress: string | null;
  before: MessageStanding;
  after: MessageStanding;
  receipts: ReceiptRow[];
}

const mostReceipts = 2_000;

/**
 * Applies what waits in one lane to its messages, in the caller's transaction: at most 2,000 receipts, in the
 * order they came. Receipts of messages that no longer exist are dropped, and so are those that the account of
 * another project than the message's own has signed: `foreign` counts these. Returns the messages that changed,
 * and whether more receipts may wait.
 */
export async function applyReceipts(
  transaction: Database,
  wires: Wires,
  lane: number,
): Promise<{ settled: SettledMessage[]; foreign: number; more: boolean }> {
  const receipts = await takeReceipts(transaction, lane);
  if (receipts.length === 0) return { settled: [], foreign: 0, more: false };
  const byMessage = Map.groupBy(receipts, (receipt) => receipt.message_id);
  const messages = await lockMessages(transaction, lane, [...byMessage.keys()]);
  let foreign = 0;
  const settled: SettledMessage[] = messages.flatMap(({ standing, ...message }) => {
    const all = byMessage.get(message.id) ?? [];
    const own = all.filter((row) => row.project_id === null || row.project_id === message.projectId);
    foreign += all.length - own.length;
    if (own.length === 0) return [];
    const rows = own.map((row) => toReceiptRow(row, wires));
    return [{ ...message, lane, before: standing, after: foldReceipts(standing, rows), receipts: rows }];
  });
  await updateMessages(
    transaction,
    lane,
    settled.filter((message) => message.after !== message.before),
  );
  return { settled, foreign, more: receipts.length === mostReceipts };
}

interface StoredReceipt {
  id: number;
  message_id: number;
  project_id: number | null;
  wire: string;
  status: ReceiptRow['status'];
  provider_message_id: string | null;
  error_class: ReceiptRow['errorClass'];
  code: string | null;
  detail: string | null;
  retry_after_ms: number | null;
  attempt: number | null;
  at: Date;
}

function toReceiptRow(row: StoredReceipt, wires: Wires): ReceiptRow {
  return {
    wire: wires.named(row.wire),
    status: row.status,
    providerMessageId: row.provider_message_id,
    errorClass: row.error_class,
    code: row.code,
    detail: row.detail,
    retryAfterMs: row.retry_after_ms,
    attempt: row.attempt,
    at: row.at,
  };
}

/** Takes the oldest receipts of a lane out of the table, in the order they came. */
async function takeReceipts(transaction: Database, lane: number): Promise<StoredReceipt[]> {
  const { rows } = await sql<StoredReceipt>`
    DELETE FROM receipt WHERE lane = ${lane} AND id = ANY (ARRAY(
      SELECT id FROM receipt WHERE lane = ${lane} ORDER BY id LIMIT ${mostReceipts}))
    RETURNING id, message_id, project_id, wire, status, provider_message_id, error_class, code, detail, retry_after_ms,
      attempt, at
  `.execute(transaction);
  return rows.sort((a, b) => a.id - b.id);
}

type LockedMessage = Omit<SettledMessage, 'lane' | 'before' | 'after' | 'receipts'> & {
  standing: MessageStanding;
};

async function lockMessages(transaction: Database, lane: number, ids: number[]): Promise<LockedMessage[]> {
  const rows = await transaction
    .selectFrom('message')
    .select([
      'id',
      'project_id',
      'user_id',
      'campaign_id',
      'template_id',
      'channel_id',
      'medium',
      'sender_id',
    ])
    .select(['to_address', 'status', 'attempts', 'retries', 'purpose', 'due_at', 'provider_message_id'])
    .select(['error_code', 'error_detail', 'sent_at', 'delivered_at', 'read_at', 'failed_at', 'retry_at'])
    .select((message) =>
      message
        .selectFrom('sender')
        .select('day_zone')
        .whereRef('sender.id', '=', 'message.sender_id')
        .as('day_zone'),
    )
    .where('lane', '=', lane)
    .where(sql<boolean>`id = ANY (${ids}::bigint[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    projectId: row.project_id,
    userId: row.user_id,
    campaignId: row.campaign_id,
    templateId: row.template_id,
    channelId: row.channel_id,
    medium: row.medium,
    senderId: row.sender_id,
    toAddress: row.to_address,
    standing: {
      status: row.status,
      purpose: row.purpose,
      dayZone: row.day_zone ?? 'UTC',
      attempts: row.attempts,
      retries: row.retries,
      dueAt: row.due_at,
      providerMessageId: row.provider_message_id,
      errorCode: row.error_code,
      errorDetail: row.error_detail,
      sentAt: row.sent_at,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      failedAt: row.failed_at,
      retryAt: row.retry_at,
    },
  }));
}

/**
 * Writes the new standing of the messages given; one statement, one lane. What went to an address that is its user's
 * no more is not tried again.
 */
async function updateMessages(
  transaction: Database,
  lane: number,
  messages: SettledMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const column = <T>(of: (after: MessageStanding) => T) => messages.map((message) => of(message.after));
  const ids = messages.map((message) => message.id);
  const given = sql`unnest(
      ${ids}::bigint[], ${column((a) => a.status)}::text[],
      ${column((a) => a.dueAt)}::timestamptz[], ${column((a) => a.retries)}::smallint[],
      ${column((a) => a.providerMessageId)}::text[],
      ${column((a) => a.errorCode)}::text[], ${column((a) => a.errorDetail)}::text[],
      ${column((a) => a.sentAt)}::timestamptz[], ${column((a) => a.deliveredAt)}::timestamptz[],
      ${column((a) => a.readAt)}::timestamptz[], ${column((a) => a.failedAt)}::timestamptz[],
      ${column((a) => a.retryAt)}::timestamptz[]
    ) AS given (id, status, due_at, retries, provider_message_id, error_code, error_detail, sent_at, delivered_at, read_at,
      failed_at, retry_at)`;
  await changeMessages({
    lane,
    which: sql`id = ANY (${ids}::bigint[])`,
    given,
    set: sql`status = given.status, due_at = given.due_at, retries = given.retries,
      provider_message_id = given.provider_message_id, error_code = given.error_code,
      error_detail = CASE WHEN message.to_address IS NOT NULL THEN given.error_detail END, sent_at = given.sent_at, delivered_at = given.delivered_at,
      read_at = given.read_at, failed_at = given.failed_at,
      retry_at = CASE WHEN given.retry_at IS NOT NULL AND (message.basis = 'ownMessage' AND message.to_address IS NOT NULL
        OR ${isTheirs(lane, sql`message.user_id`, sql`message.to_address`)}) THEN given.retry_at END`,
    told: sql`id`,
  }).execute(transaction);
}
