import { sql } from 'kysely';
import { Type } from 'typebox';
import { slot, strict } from '../../segments/leaf-kind.ts';
import { earliest } from '../../segments/time/flips.sql.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { target } from '../definition/ways.ts';

const wayName = Type.String({ minLength: 1, maxLength: 60 });

const branch = strict(
  {
    name: wayName,
    of: Type.Optional(slot('definition', 'What must hold of the person: a definition as segments have it')),
    entry: Type.Optional(
      slot(
        'conditions',
        'What must hold of what came with the entry, and of what tiles found out: conditions as on the fields of an event',
      ),
    ),
    next: target,
  },
  'Who fulfils both, or the one that is said',
);

const schema = Type.Object(
  {
    kind: Type.Literal('split'),
    branches: Type.Array(branch, { minItems: 1, maxItems: 20 }),
    otherwise: target,
  },
  { additionalProperties: false, description: 'Sends each person by the first branch that holds of them' },
);

/** Name of the way for those of whom no branch holds. */
const otherwise = 'otherwise';

/** Sends each person by the first branch that holds of them. */
export const splitTile = tileKind('split', schema, (tile, _id, place, ground) => {
  const branches = tile.branches.map(({ name, of, entry, next }, index) => {
    const where = `${place}.branches.${index}`;
    if (name === otherwise || tile.branches.findIndex((each) => each.name === name) < index)
      throw ground.refuse(
        `${where}.name`,
        `is taken: give each branch a name of its own, and none ${otherwise}`,
      );
    if (of === undefined && entry === undefined)
      throw ground.refuse(where, 'must say of whom it holds: of, entry or both');
    return {
      ...{ name, next },
      of: of === undefined ? null : ground.definition(of, `${where}.of`),
      entry: entry === undefined ? null : ground.conditions(entry, `${where}.entry`),
    };
  });
  const stored = branches.map(({ name, of, entry, next }) => ({
    ...{ name, ...(of && { of: of.stored }), ...(entry && { entry: entry.stored }), next },
  }));
  return {
    stored: { ...tile, branches: stored },
    ways: new Map([...branches.map(({ name, next }) => [name, next] as const), [otherwise, tile.otherwise]]),
    words: `go by the first way that holds of them: ${branches
      .map(({ name, of, entry }) => {
        const both = [of?.sentence(ground.names), entry && `of the entry ${entry.words}`].filter(
          (each) => each,
        );
        return `“${name}” (${both.join(', and ')})`;
      })
      .join(', ')}, or else by “otherwise”`,
    takesTime: false,
    hears: [],
    facts: async (db, { projectId, lane, now }, runs) => {
      const asked = { projectId, lane, now, among: runs.map(({ userId }) => userId) };
      const holds = branches.map(({ of, entry }) => {
        const parts = [
          ...(of ? [of.holds(asked)] : []),
          ...(entry ? [entry.holds(sql`r.data`, asked, 'u', 0)] : []),
        ];
        return sql`(${sql.join(parts, sql` AND `)})`;
      });
      const withData = branches.some(({ entry }) => entry !== null);
      const { rows } = await sql<{ id: number; holds: boolean[] }>`
        SELECT r.id, ARRAY[${sql.join(holds)}] AS holds
        FROM unnest(${runs.map(({ id }) => id)}::bigint[], ${asked.among}::bigint[],
          ${runs.map(({ data }) => (withData ? JSON.stringify(data) : '{}'))}::jsonb[]) AS r (id, user_id, data)
        JOIN users u ON u.lane = ${lane} AND u.id = r.user_id`.execute(db);
      return new Map(rows.map((row) => [row.id, row.holds]));
    },
    factsUntil: async (db, { projectId, lane, now }, runs) => {
      const asked = { projectId, lane, now, among: runs.map(({ userId }) => userId) };
      const flips = earliest(
        branches.flatMap(({ of, entry }) => [of?.flipsAt(asked), entry?.flips?.(sql`r.data`, asked, 'u', 0)]),
      );
      if (flips === null) return new Map();
      const withData = branches.some(({ entry }) => entry?.flips);
      const { rows } = await sql<{ id: number; until: Date }>`
        SELECT f.id, f.until FROM (
          SELECT r.id, ${flips} AS until
          FROM unnest(${runs.map(({ id }) => id)}::bigint[], ${asked.among}::bigint[],
            ${runs.map(({ data }) => (withData ? JSON.stringify(data) : '{}'))}::jsonb[]) AS r (id, user_id, data)
          JOIN users u ON u.lane = ${lane} AND u.id = r.user_id
        ) f WHERE f.until IS NOT NULL`.execute(db);
      return new Map(rows.map(({ id, until }) => [id, until]));
    },
    asks: branches.flatMap(({ of }) => of?.hears ?? []),
    step: (_run, fact) => {
      const held = (fact as readonly boolean[] | undefined) ?? [];
      const chosen = branches[held.indexOf(true)];
      const seen = {
        held: Object.fromEntries(branches.map(({ name }, index) => [name, held[index] ?? false])),
      };
      return { go: chosen?.name ?? otherwise, seen };
    },
  };
});
