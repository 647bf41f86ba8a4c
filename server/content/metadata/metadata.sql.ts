import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** A value by its table and key, without the value. */
export interface MetadataEntry {
  table: string;
  key: string;
  /** Bytes of the value's JSON. */
  size: number;
  lastModified: Date;
}

/** How tables and keys may be called. */
export const metadataName = '^[A-Za-z0-9_.-]{1,255}$';

const pageSize = 1000;

/** The same text for all spellings of a table's name. */
export const tableName = (table: string): string => table.toLowerCase();

/** The value of a key with what is known of it; null when there is none. */
export async function readMetadata(
  db: Database,
  projectId: number,
  table: string,
  key: string,
): Promise<(MetadataEntry & { value: unknown }) | null> {
  const row = await db
    .selectFrom('metadata')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('table_name', '=', tableName(table))
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return null;
  const { table_name, key: found, bytes, updated_at, value } = row;
  return { table: table_name, key: found, size: bytes, lastModified: updated_at, value };
}

/** Sets the value of a key. */
export async function putMetadata(
  db: Database,
  projectId: number,
  table: string,
  key: string,
  value: unknown,
  at: Date,
): Promise<void> {
  const text = JSON.stringify(value);
  await sql`
    INSERT INTO metadata (project_id, table_name, key, value, bytes, updated_at)
    VALUES (${projectId}, ${tableName(table)}, ${key}, ${text}::jsonb, ${Buffer.byteLength(text)}, ${at})
    ON CONFLICT (project_id, table_name, key) DO UPDATE
      SET value = excluded.value, bytes = excluded.bytes, updated_at = excluded.updated_at`.execute(db);
}

/** Deletes a key, or all of a table. */
export async function deleteMetadata(
  db: Database,
  projectId: number,
  table: string,
  key?: string,
): Promise<void> {
  let rows = db
    .deleteFrom('metadata')
    .where('project_id', '=', projectId)
    .where('table_name', '=', tableName(table));
  if (key !== undefined) rows = rows.where('key', '=', key);
  await rows.execute();
}

/** The names of a project's tables. A table is there while it has a key. */
export async function listMetadataTables(db: Database, projectId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('metadata')
    .select('table_name')
    .distinct()
    .where('project_id', '=', projectId)
    .orderBy('table_name')
    .execute();
  return rows.map((row) => row.table_name);
}

/** The keys of a table after `after`, a page; `next` is null on the last one. */
export async function listMetadataKeys(
  db: Database,
  projectId: number,
  table: string,
  after: string,
): Promise<{ entries: MetadataEntry[]; next: string | null }> {
  const rows = await db
    .selectFrom('metadata')
    .select(['table_name', 'key', 'bytes', 'updated_at'])
    .where('project_id', '=', projectId)
    .where('table_name', '=', tableName(table))
    .where('key', '>', after)
    .orderBy('key')
    .limit(pageSize + 1)
    .execute();
  const entries = rows.slice(0, pageSize).map((row) => ({
    table: row.table_name,
    key: row.key,
    size: row.bytes,
    lastModified: row.updated_at,
  }));
  return { entries, next: rows.length > pageSize ? (entries.at(-1)?.key ?? null) : null };
}
