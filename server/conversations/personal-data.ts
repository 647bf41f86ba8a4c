import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Medium } from '../medium/media.ts';
import type { Referral } from '../providers/inbound-content.ts';
import type { UserRef } from '../users/identity.ts';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { HistoryEntry, PersonalData, UserMove } from '../users/people.ts';
import { showFile } from './files/file-answer.ts';
import { filesOf, moveFiles } from './files/inbound-files.sql.ts';

const [inbound, unclear, referral] = [
  sql.table('inbound_message'),
  sql.table('unclear_reply'),
  sql.table('referral'),
];

/** What people wrote to us, what of it waits for a decision, and which ads led them to write. */
export const conversationData: PersonalData = {
  tables: ['inbound_message', 'inbound_file', 'unclear_reply', 'referral'],
  moveUser: async (transaction, move) => {
    await moveRows(transaction, inbound, move);
    await moveFiles(transaction, move);
    await moveRows(transaction, unclear, move);
    await dropSurpassed(transaction, move);
    await moveRows(transaction, referral, move);
  },
  forgetUsers: async (transaction, gone) => {
    await deleteRows(transaction, inbound, gone);
    await deleteRows(transaction, sql.table('inbound_file'), gone);
    await deleteRows(transaction, unclear, gone);
    await deleteRows(transaction, referral, gone);
  },
  inUse: async (db, lane, userIds) => {
    const { rows } = await sql<{ id: number }>`
      SELECT id FROM unnest(${userIds}::bigint[]) AS id
      WHERE EXISTS (SELECT 1 FROM inbound_message i WHERE i.lane = ${lane} AND i.user_id = id)`.execute(db);
    return rows.map(({ id }) => id);
  },
  historyOf: async (db, projectId, { user }, { limit }) => {
    const rows = await db
      .selectFrom('inbound_message')
      .selectAll()
      .where('lane', '=', user.lane)
      .where('user_id', '=', user.id)
      .where('project_id', '=', projectId)
      .orderBy('received_at', 'desc')
      .limit(limit)
      .execute();
    const files = Map.groupBy(
      await filesOf(
        db,
        user,
        rows.map(({ id }) => id),
      ),
      ({ inboundId }) => inboundId,
    );
    const written = rows.map((row) => ({
      at: row.received_at,
      kind: 'inboundMessage' as const,
      what: row.meaning,
      medium: row.medium,
      text: row.body,
      skipReason: null,
      details: {
        ...{ from: row.from_address, senderId: row.sender_id, media: row.media, messageKind: row.kind },
        ...(row.content !== null && { content: row.content }),
        ...(row.payload !== null && { payload: row.payload }),
        ...(row.taken_back !== null && { isTakenBack: true }),
        ...(files.has(row.id) && { files: (files.get(row.id) ?? []).map(showFile) }),
      },
    }));
    return [...written, ...(await readReferrals(db, projectId, user))];
  },
};

/** The ads that led somebody to write, the first and the last; one that is both once. */
async function readReferrals(db: Database, projectId: number, user: UserRef): Promise<HistoryEntry[]> {
  const { rows } = await sql<{ at: Date; ad: Referral; senderId: number; medium: Medium }>`
    SELECT DISTINCT ON (r.at) r.at, r.ad, r.sender_id AS "senderId", s.medium FROM referral r JOIN sender s ON s.id = r.sender_id
    WHERE r.lane = ${user.lane} AND r.user_id = ${user.id} AND r.project_id = ${projectId} ORDER BY r.at`.execute(
    db,
  );
  return rows.map(({ at, ad, senderId, medium }) => ({
    ...{ at, kind: 'referral', what: ad.sourceType, medium, text: ad.headline ?? null, skipReason: null },
    details: { ...ad, senderId },
  }));
}

/** Of two people who become one the first ad is the earlier of theirs and the last one the later: the other of each goes. */
async function dropSurpassed(transaction: Database, { from, to }: UserMove): Promise<void> {
  const read = async ({ lane, id }: UserRef) => {
    const { rows } = await sql<{ touch: string; at: Date }>`
      SELECT touch, at FROM referral WHERE lane = ${lane} AND user_id = ${id}`.execute(transaction);
    return new Map(rows.map(({ touch, at }) => [touch, at]));
  };
  const [theirs, own] = [await read(from), await read(to)];
  for (const [touch, at] of theirs) {
    const other = own.get(touch);
    const isBetter = other !== undefined && (touch === 'first' ? at < other : at > other);
    if (isBetter)
      await sql`
        DELETE FROM referral WHERE lane = ${to.lane} AND user_id = ${to.id} AND touch = ${touch}`.execute(
        transaction,
      );
  }
}
