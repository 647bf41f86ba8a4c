import { sql } from 'kysely';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';

const [inbound, unclear] = [sql.table('inbound_message'), sql.table('unclear_reply')];

/** What people wrote to us, and what of it waits for a decision. */
export const conversationData: PersonalData = {
  tables: ['inbound_message', 'unclear_reply'],
  moveUser: async (transaction, move) => {
    await moveRows(transaction, inbound, move);
    await moveRows(transaction, unclear, move);
  },
  forgetUsers: async (transaction, gone) => {
    await deleteRows(transaction, inbound, gone);
    await deleteRows(transaction, unclear, gone);
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
    return rows.map((row) => ({
      at: row.received_at,
      kind: 'inboundMessage',
      what: row.meaning,
      medium: row.medium,
      text: row.body,
      skipReason: null,
      details: { from: row.from_address, senderId: row.sender_id, media: row.media },
    }));
  },
};
