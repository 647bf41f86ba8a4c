import { sql } from 'kysely';
import { Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { amongThem, leafKind, type Reference, strict } from '../leaf-kind.ts';
import { readWhen, whenSchema } from '../time/window.sql.ts';
import { nameOf, oneOf } from '../words.ts';
import { withPerson } from './with-person.sql.ts';

const schema = strict(
  { ids: Type.Array(rowId, { minItems: 1, maxItems: 1_000 }), ...whenSchema },
  'On one of these lists; during: came onto it then',
);

/** Being on a list. */
export const listLeaf = leafKind('list', schema, (leaf, place, ground) => {
  const ids = [...new Set(leaf.ids)];
  const refersTo = ids.map((id): Reference => ({ kind: 'list', id }));
  const { when, stored } = readWhen(leaf, place, ground);
  return {
    stored: { ids, ...stored },
    refersTo,
    sentence: (names) => {
      const which = oneOf(
        'list',
        refersTo.map((list) => nameOf(list, names)),
      );
      return when ? `they came onto ${which} ${when.words}` : `they are on ${which}`;
    },
    holds: (of) => sql`u.id IN (
      SELECT m.user_id FROM list_member m ${withPerson(when?.asksPerson, of.lane, sql`m.user_id`)}
      WHERE m.lane = ${of.lane} AND m.list_id = ANY(${ids}::int[]) ${amongThem(of, sql`m.user_id`)}
        AND ${when?.holdsAt(sql`m.added_at`, of.now, 'z') ?? sql`true`})`,
    flipsAt: (of) =>
      when?.flips
        ? sql`(SELECT min(${when.flips(sql`m.added_at`, of.now, 'u')}) FROM list_member m
            WHERE m.lane = ${of.lane} AND m.list_id = ANY(${ids}::int[]) AND m.user_id = u.id)`
        : null,
    hears: [...ids.map((id) => `list:${id}`), ...(when?.asksPerson ? ['place'] : [])],
    shows: ({ lane }) => sql`(
      SELECT jsonb_agg(jsonb_build_object('listId', m.list_id, 'since', m.added_at) ORDER BY m.list_id) FROM list_member m
      WHERE m.lane = ${lane} AND m.user_id = u.id AND m.list_id = ANY(${ids}::int[]))`,
    remarks: () => [],
  };
});
