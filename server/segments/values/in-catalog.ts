import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { catalogName, nameKey } from '../../content/catalogs/catalog-rules.ts';
import { type Asked, type Part, slot, strict } from '../leaf-kind.ts';

/** How a value is compared that holds the id of an item. */
export const inCatalogSchema = strict(
  {
    catalog: Type.String({ pattern: catalogName, description: 'The name of a catalog' }),
    where: Type.Optional(slot('conditions', 'What holds of the item; paths begin in it')),
  },
  'The value is the id of an item of the catalog, of which all that is said here holds',
);

/** What is said of the item. */
interface OfItem {
  stored: unknown;
  holds(base: Part, asked: Asked, users: 'u' | 'z', depth: number): Part;
  flips: ((base: Part, asked: Asked, users: 'u' | 'z', depth: number) => Part) | null;
  words: string;
  asksPerson: boolean;
}

/** The comparison of a value with the items of a catalog; `where` as it was read, null where any item will do. */
export function comparesWithItems({ catalog }: Static<typeof inCatalogSchema>, where: OfItem | null) {
  const alias = (depth: number) => `i${depth}`;
  const item = (depth: number) => sql.ref(`${alias(depth)}.value`);
  const isId = (value: Part) => sql`jsonb_typeof(${value}) IN ('string', 'number')`;
  /** SQL: FROM and WHERE of the item. The catalog is found once for a statement, its items by their key. */
  const named = (value: Part, { projectId }: Asked, depth: number) => sql`
    FROM catalog_item AS ${sql.ref(alias(depth))}
    WHERE ${sql.ref(`${alias(depth)}.catalog_id`)} = (
        SELECT c.id FROM catalog c WHERE c.project_id = ${projectId} AND c.name_key = ${nameKey(catalog)})
      AND ${sql.ref(`${alias(depth)}.item_id`)} = (${value} #>> '{}') COLLATE "C"`;
  const flips = where?.flips;
  return {
    stored: { inCatalog: { catalog, ...(where && { where: where.stored }) } },
    isNegative: false,
    test: (value: Part, asked: Asked, users: 'u' | 'z', depth: number): Part =>
      sql`(${isId(value)} AND EXISTS (SELECT 1 ${named(value, asked, depth)}
        AND ${where?.holds(item(depth), asked, users, depth + 1) ?? sql`true`}))`,
    flips: flips
      ? (value: Part, asked: Asked, users: 'u' | 'z', depth: number): Part =>
          sql`(CASE WHEN ${isId(value)} THEN (
            SELECT ${flips(item(depth), asked, users, depth + 1)} ${named(value, asked, depth)}) END)`
      : null,
    words: `is an item of the catalog “${catalog}”${where ? ` of which holds: ${where.words}` : ''}`,
    types: ['string', 'long', 'double'],
    asksPerson: where?.asksPerson ?? false,
    isNested: true,
  };
}
