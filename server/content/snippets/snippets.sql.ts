import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { SnippetTable } from '../../database/tables/content.ts';

/** A snippet's row. */
export type Snippet = Selectable<SnippetTable>;

/** The project's snippets, oldest first. */
export const listSnippets = (db: Database, projectId: number): Promise<Snippet[]> =>
  db.selectFrom('snippet').selectAll().where('project_id', '=', projectId).orderBy('id').execute();

/** A snippet of the project by its id or its name; undefined where there is none. */
export const findSnippet = (
  db: Database,
  projectId: number,
  named: { id: number } | { name: string },
): Promise<Snippet | undefined> => {
  const own = db.selectFrom('snippet').selectAll().where('project_id', '=', projectId);
  const chosen = 'id' in named ? own.where('id', '=', named.id) : own.where('name', '=', named.name);
  return chosen.executeTakeFirst();
};

/** Makes a snippet; undefined where the name is taken. */
export const insertSnippet = (
  db: Database,
  snippet: Insertable<SnippetTable>,
): Promise<{ id: number } | undefined> =>
  db
    .insertInto('snippet')
    .values(snippet)
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();

/** Changes a snippet. */
export async function updateSnippet(
  db: Database,
  { id, project_id }: Snippet,
  change: Updateable<SnippetTable>,
): Promise<void> {
  await db
    .updateTable('snippet')
    .set(change)
    .where('id', '=', id)
    .where('project_id', '=', project_id)
    .execute();
}

/** Deletes a snippet. */
export async function deleteSnippet(db: Database, { id, project_id }: Snippet): Promise<void> {
  await db.deleteFrom('snippet').where('id', '=', id).where('project_id', '=', project_id).execute();
}

/** Names of the templates and snippets whose text calls this snippet. */
export async function usersOfSnippet(db: Database, { project_id, name }: Snippet): Promise<string[]> {
  // Names hold no signs that mean something in a pattern but the space and the hyphen, which are plain here.
  const call = `(snippet +\\\\?["']|\\{\\{> *)${name}(\\\\?["']|[ }])`;
  const { rows } = await sql<{ name: string }>`
    SELECT 'template ' || name AS name FROM template
    WHERE project_id = ${project_id} AND archived_at IS NULL AND content::text || locales::text ~ ${call}
    UNION ALL
    SELECT 'snippet ' || name FROM snippet
    WHERE project_id = ${project_id} AND name <> ${name} AND content ~ ${call}`.execute(db);
  return rows.map((row) => row.name);
}
