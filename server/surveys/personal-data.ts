import { sql } from 'kysely';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { PersonalData } from '../users/people.ts';
import { dropEarlier } from './answers.sql.ts';

const table = sql.table('survey_answer');

/** What people answered goes with whoever is merged; of two to one question the later stays. It is forgotten with them. */
export const surveyData: PersonalData = {
  tables: ['survey_answer'],
  moveUser: async (transaction, move) => {
    await dropEarlier(transaction, move);
    await moveRows(transaction, table, move);
  },
  forgetUsers: (transaction, gone) => deleteRows(transaction, table, gone),
};
