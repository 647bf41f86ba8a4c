import { sql } from 'kysely';
import type { LookupSource, Wanted } from '../lookups/lookup.ts';
import { metadataName, tableName } from './metadata.sql.ts';

const canBeNamed = new RegExp(metadataName);

const nameOf = (table: string, key: string) => JSON.stringify([tableName(table), key]);

const isOfMetadata = (wanted: Wanted) => wanted.of === 'metadata';

/** The project's tables of metadata. */
export const metadataSource: LookupSource = {
  of: 'metadata',
  // A person's field may hold anything, and not all of it may be asked of a database.
  nameOf: (wanted) =>
    isOfMetadata(wanted) && canBeNamed.test(wanted.table) && canBeNamed.test(wanted.key)
      ? nameOf(wanted.table, wanted.key)
      : null,
  readAll: async (db, { projectId }, wanted) => {
    const asked = [...wanted.values()].filter(isOfMetadata);
    const { rows } = await sql<{ table: string; key: string; value: unknown }>`
      SELECT m.table_name AS "table", m.key, m.value FROM metadata m
      JOIN unnest(
        ${asked.map(({ table }) => tableName(table))}::text[], ${asked.map(({ key }) => key)}::text[]
      ) AS w (table_name, key) ON w.table_name = m.table_name AND w.key = m.key
      WHERE m.project_id = ${projectId}`.execute(db);
    return new Map(rows.map(({ table, key, value }) => [nameOf(table, key), value]));
  },
};
