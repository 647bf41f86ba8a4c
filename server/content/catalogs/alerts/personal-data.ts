import { sql } from 'kysely';
import { deleteRows, moveRows } from '../../../users/move-rows.ts';
import type { PersonalData } from '../../../users/people.ts';

const itemTold = sql.table('item_told');

/** Of what somebody was told goes with them when they are merged, so that they are not told twice. */
export const alertData: PersonalData = {
  tables: ['item_told'],
  moveUser: (transaction, move) => moveRows(transaction, itemTold, move),
  forgetUsers: (transaction, gone) => deleteRows(transaction, itemTold, gone),
};
