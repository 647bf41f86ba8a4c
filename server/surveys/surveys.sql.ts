import type { Selectable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { SurveyTable } from '../database/tables/surveys.ts';
import { ApiError } from '../http/errors.ts';
import type { SurveyQuestion } from './survey.ts';

/** A survey as its row has it. */
export type Survey = Omit<Selectable<SurveyTable>, 'questions'> & { questions: SurveyQuestion[] };

/** What is said of a survey. */
export interface SurveyFields {
  name: string;
  questions: readonly SurveyQuestion[];
  answerHours: number;
}

const asSurvey = (row: Selectable<SurveyTable>): Survey => ({
  ...row,
  questions: row.questions as SurveyQuestion[],
});

/** The project's surveys, by name. */
export async function listSurveys(db: Database, projectId: number): Promise<Survey[]> {
  const rows = await db
    .selectFrom('survey')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('name')
    .execute();
  return rows.map(asSurvey);
}

/** A survey of the project. @throws ApiError NotFound. */
export async function requireSurvey(db: Database, projectId: number, id: number): Promise<Survey> {
  const row = await db
    .selectFrom('survey')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return asSurvey(row);
  throw new ApiError('NotFound', `There is no survey ${id} in this project; GET /api/surveys lists them`, {
    field: 'id',
    value: id,
  });
}

const columnsOf = ({ name, questions, answerHours }: SurveyFields) => ({
  ...{ name, questions: JSON.stringify(questions), answer_hours: answerHours },
});

/** Makes a survey; null where the project has one of this name. */
export async function insertSurvey(
  db: Database,
  projectId: number,
  fields: SurveyFields,
  { by, at }: { by: string; at: Date },
): Promise<Survey | null> {
  const row = await db
    .insertInto('survey')
    .values({
      ...columnsOf(fields),
      ...{ project_id: projectId, created_by: by, created_at: at, updated_at: at },
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ? asSurvey(row) : null;
}

/** Changes a survey; null where another has the name. */
export async function updateSurvey(
  db: Database,
  { id, project_id }: Survey,
  fields: SurveyFields,
  at: Date,
): Promise<Survey | null> {
  const row = await db
    .updateTable('survey')
    .set({ ...columnsOf(fields), updated_at: at })
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('survey as other')
            .select('other.id')
            .where('other.project_id', '=', project_id)
            .where('other.name', '=', fields.name)
            .where('other.id', '<>', id),
        ),
      ),
    )
    .returningAll()
    .executeTakeFirst();
  return row ? asSurvey(row) : null;
}

/** Deletes a survey. */
export async function deleteSurvey(db: Database, { id }: Survey): Promise<void> {
  await db.deleteFrom('survey').where('id', '=', id).execute();
}

/** Of these templates those that the project has not. */
export async function missingTemplates(
  db: Database,
  projectId: number,
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('template')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', [...ids])
    .execute();
  const there = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !there.has(id));
}
