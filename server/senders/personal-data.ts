import { sql } from 'kysely';
import { deleteRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';
import { moveSessions } from './sessions/sessions.sql.ts';

const [sticky, session] = [sql.table('sticky_sender'), sql.table('session')];

/** Which sender of a pool writes to whom, and who may be told anything; who is merged into another is written to by the other's sender. */
export const senderData: PersonalData = {
  tables: ['sticky_sender', 'session'],
  moveUser: async (transaction, move) => {
    const { from } = move;
    await deleteRows(transaction, sticky, { lane: from.lane, users: [from] });
    await moveSessions(transaction, move);
  },
  forgetUsers: async (transaction, gone) => {
    await deleteRows(transaction, sticky, gone);
    await deleteRows(transaction, session, gone);
  },
};
