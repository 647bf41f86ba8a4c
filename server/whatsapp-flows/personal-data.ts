import { sql } from 'kysely';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';

const table = sql.table('whatsapp_flow_answer');

/** What people filled in goes with whoever is merged, and is forgotten with them; their history tells it as what they wrote. */
export const flowAnswerData: PersonalData = {
  tables: ['whatsapp_flow_answer'],
  moveUser: (transaction, move) => moveRows(transaction, table, move),
  forgetUsers: (transaction, gone) => deleteRows(transaction, table, gone),
};
