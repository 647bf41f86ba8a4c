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
  words: string;
  asksPerson: boolean;
}

/** The comparison of a value with the items of a catalog; `where` as it was read, null where any item will do. */
export function comparesWithItems({ catalog }: Static<typeof inCatalogSchema>, where: OfItem | null) {
  return {
    stored: { inCatalog: { catalog, ...(where && { where: where.stored }) } },
    isNegative: false,
    // The catalog is found once for a statement, its items by their key.
    test: (value: Part, asked: Asked, users: 'u' | 'z', depth: number): Part => {
      const [item, rows] = [sql.ref(`i${depth}.value`), sql.ref(`i${depth}`)];
      return sql`(jsonb_typeof(${value}) IN ('string', 'number') AND EXISTS (
        SELECT 1 FROM catalog_item AS ${rows}
        WHERE ${sql.ref(`i${depth}.catalog_id`)} = (
            SELECT c.id FROM catalog c WHERE c.project_id = ${asked.projectId} AND c.name_key = ${nameKey(catalog)})
          AND ${sql.ref(`i${depth}.item_id`)} = (${value} #>> '{}') COLLATE "C"
          AND ${where?.holds(item, asked, users, depth + 1) ?? sql`true`}))`;
    },
    // Nothing with a catalog is kept live.
    flips: null,
    words: `is an item of the catalog “${catalog}”${where ? ` of which holds: ${where.words}` : ''}`,
    types: ['string', 'long', 'double'],
    asksPerson: where?.asksPerson ?? false,
  };
}
