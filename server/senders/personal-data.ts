import { sql } from 'kysely';
import { deleteRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';

const sticky = sql.table('sticky_sender');

/** Which sender of a pool writes to whom; who is merged into another is written to by the other's. */
export const senderData: PersonalData = {
  tables: ['sticky_sender'],
  moveUser: (transaction, { from }) => deleteRows(transaction, sticky, { lane: from.lane, users: [from] }),
  forgetUsers: (transaction, gone) => deleteRows(transaction, sticky, gone),
};
