import { sql } from 'kysely';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';

const table = sql.table('survey_answer');

/** What people answered goes with whoever is merged, whose own answer stays where there are two, and is forgotten with them. */
export const surveyData: PersonalData = {
  tables: ['survey_answer'],
  moveUser: (transaction, move) => moveRows(transaction, table, move),
  forgetUsers: (transaction, gone) => deleteRows(transaction, table, gone),
};
