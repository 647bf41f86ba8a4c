import { sql } from 'kysely';
import type { FindUses } from '../http/uses.ts';

/** Where documents say what they need: the numbers of lists and segments, and of what tiles send from; of pools of coupons and of catalogs their names. */
const places = {
  list: [
    '$.**.listId',
    '$.**.list.id',
    '$.**.list.ids[*]',
    '$.entry.on.schedule.listIds[*]',
    '$.entry.on.schedule.suppressionListIds[*]',
  ],
  segment: [
    '$.**.segment.id',
    '$.entry.on.schedule.segmentIds[*]',
    '$.entry.on.schedule.suppressionSegmentIds[*]',
  ],
  sender: ['$.tiles.*.senderId', '$.tiles.*.branches[*].senderId'],
  pool: ['$.tiles.*.poolId'],
  couponPool: ['$.tiles.*.pool'],
  catalog: ['$.entry.on.catalogItem.catalog', '$.**.inCatalog.catalog'],
} as const;

/** Journeys that need a thing, as they are published or drawn. */
export const usesByJourneys: FindUses = async (db, projectId, kind, id) => {
  const meant = {
    ...{ list: sql`to_jsonb(${id}::int)`, segment: sql`to_jsonb(${id}::int)` },
    ...{ sender: sql`to_jsonb(${id}::int)`, pool: sql`to_jsonb(${id}::int)` },
    couponPool: sql`(SELECT to_jsonb(c.name) FROM coupon_pool c WHERE c.project_id = ${projectId} AND c.id = ${id})`,
    catalog: sql`(SELECT to_jsonb(c.name_key) FROM catalog c WHERE c.project_id = ${projectId} AND c.id = ${id})`,
  }[kind];
  // Catalogs are named in capitals or not.
  const value = kind === 'catalog' ? sql`to_jsonb(lower(n.v #>> '{}'))` : sql`n.v`;
  const named = places[kind].map(
    (path) =>
      sql`EXISTS (SELECT 1 FROM jsonb_path_query(d.document, ${path}::jsonpath) AS n (v) WHERE ${value} = ${meant})`,
  );
  const { rows } = await sql<{ id: number; name: string }>`
    SELECT j.id, j.name FROM journey j WHERE j.project_id = ${projectId} AND j.state <> 'archived' AND EXISTS (
      SELECT 1 FROM (
        SELECT j.draft AS document UNION ALL
        SELECT v.document FROM journey_version v WHERE v.journey_id = j.id AND v.version = j.version
      ) d WHERE ${sql.join(named, sql` OR `)}) ORDER BY j.id`.execute(db);
  return rows.map((row) => ({ words: `journey ${row.id} (${row.name})` }));
};
