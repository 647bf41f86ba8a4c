import { sql } from 'kysely';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';

const table = sql.table('verification');

/** Codes go with whoever is merged, who may be about to type one, and are forgotten with their person. */
export const verificationData: PersonalData = {
  tables: ['verification'],
  moveUser: (transaction, move) => moveRows(transaction, table, move),
  forgetUsers: (transaction, gone) => deleteRows(transaction, table, gone),
};
