import { sql } from 'kysely';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';
import { newestEvents } from './read-events.ts';

const event = sql.table('event');

/** Events are their user's: they move and go with them. A response not counted yet stays with whom the message was to. */
export const eventData: PersonalData = {
  tables: ['event', 'response_change'],
  moveUser: (transaction, move) => moveRows(transaction, event, move),
  forgetUsers: (transaction, gone) => deleteRows(transaction, event, gone),
  historyOf: async (db, projectId, { user }, { limit }) => {
    const rows = await newestEvents(db, projectId, user, limit);
    return rows.map((row) => ({
      at: row.happened_at,
      kind: 'event',
      what: row.name,
      medium: null,
      text: null,
      skipReason: null,
      details: { kind: row.kind, dataFields: row.data, campaignId: row.campaign_id },
    }));
  },
};
