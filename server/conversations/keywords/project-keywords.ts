import { type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { KeywordTable } from '../../database/tables/conversations.ts';
import { ApiError } from '../../http/errors.ts';
import type { Medium } from '../../medium/media.ts';
import { foldWhole } from './fold.ts';

/** A word of a project's own. */
export type ProjectKeyword = Selectable<KeywordTable>;

/** A word as it is about to be stored; `messageTypeId` and `medium` are those of an opt-in. */
export interface NewKeyword {
  word: string;
  meaning: ProjectKeyword['meaning'];
  messageTypeId: number | null;
  medium: Medium | null;
  answer: string | null;
}

/** A project's words, oldest first. */
export function listKeywords(db: Database, projectId: number): Promise<ProjectKeyword[]> {
  return db.selectFrom('keyword').selectAll().where('project_id', '=', projectId).orderBy('id').execute();
}

/**
 * The word that is the whole of a text written on a medium, null when it is none of the project's. One that
 * holds on that medium alone goes before one that holds on all.
 */
export async function findKeyword(
  db: Database,
  projectId: number,
  medium: Medium,
  text: string,
): Promise<ProjectKeyword | null> {
  const fold = foldWhole(text);
  if (fold === '') return null;
  const row = await db
    .selectFrom('keyword')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('fold', '=', fold)
    .where((where) => where.or([where('medium', '=', medium), where('medium', 'is', null)]))
    .orderBy(sql`medium NULLS LAST`)
    .executeTakeFirst();
  return row ?? null;
}

/** Adds a word. @throws ApiError Conflict when the project has it on that medium already. */
export async function insertKeyword(
  db: Database,
  projectId: number,
  { word, meaning, messageTypeId, medium, answer }: NewKeyword,
  at: Date,
): Promise<ProjectKeyword> {
  const row = await db
    .insertInto('keyword')
    .values({
      project_id: projectId,
      ...{ word, fold: foldWhole(word), meaning, answer, medium },
      message_type_id: messageTypeId,
      created_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) return row;
  throw new ApiError(
    'Conflict',
    `word: ${word} is a keyword of this project already; delete that one first`,
    {
      field: 'word',
      value: word,
    },
  );
}

/** Takes a word away. @throws ApiError NotFound. */
export async function deleteKeyword(db: Database, projectId: number, id: number): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('keyword')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!numDeletedRows)
    throw new ApiError('NotFound', `No keyword ${id} in this project; see GET /api/keywords`, { id });
}
