import { sql } from 'kysely';
import { Type } from 'typebox';
import { leafKind, refuse, strict } from '../leaf-kind.ts';

const percent = Type.Number({ minimum: 0, maximum: 100, description: 'With two decimals at most' });

const schema = strict(
  {
    salt: Type.String({ minLength: 1, maxLength: 100, description: 'Shares of another salt fall otherwise' }),
    from: percent,
    to: percent,
  },
  'A share of all people by chance, the same whenever it is asked: percent from, which is in, to, which is not. 0 to 10 and 10 to 20 of one salt have nobody in common',
);

/** Ten thousandths, of which everybody falls into one. */
const parts = 10_000;

/** A share of people by chance, which stays. */
export const shareLeaf = leafKind('share', schema, (leaf, place) => {
  const { salt, from, to } = leaf;
  for (const [name, value] of Object.entries({ from, to }))
    if (Math.round(value * 100) / 100 !== value)
      throw refuse(
        `${place}.${name}`,
        'has more than two decimals; everybody is in one of ten thousand parts',
      );
  if (from >= to) throw refuse(place, 'has nobody in it; from must be less than to');
  const part = sql`(('x' || substr(md5(${salt}::text || ':' || u.id::text), 1, 8))::bit(32)::bigint * ${parts} >> 32)`;
  return {
    stored: leaf,
    refersTo: [],
    sentence: () =>
      `they fall by chance (“${salt}”) into the ${Math.round((to - from) * 100) / 100} % from ${from} % to below ${to} %`,
    holds: () => sql`(${part} >= ${Math.round(from * 100)}::int AND ${part} < ${Math.round(to * 100)}::int)`,
    flipsAt: () => null,
    hears: [],
    shows: () => sql`to_jsonb(${part} / 100.0)`,
    remarks: () => [],
  };
});
