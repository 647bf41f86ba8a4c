import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { isTimeZone } from '../../users/place/country-places.ts';
import { type Part, type ReadingGround, refuse, strict } from '../leaf-kind.ts';

/** Whose clock and calendar a condition goes by. */
export type Zone = { kind: 'named'; name: string } | { kind: 'person'; fallback: string };

/** A zone as definitions have it. */
export const zoneSchema = Type.Union(
  [Type.String({ maxLength: 100 }), strict({ person: Type.String({ maxLength: 100 }) })],
  {
    description:
      'An IANA time zone; or person: each person’s own, where it is known for sure, else the one that { "person": … } names, which is the project’s unless told. The project’s where nothing is said',
  },
);

/** Whether this names a zone to the runtime and to PostgreSQL: what an offset alone says is the contrary there. */
export const isZoneName = (name: string): boolean => /^[A-Za-z]/.test(name) && isTimeZone(name);

/** Reads a zone; the project's where none is given. @throws ApiError for one that is none. */
export function readZone(
  given: Static<typeof zoneSchema> | undefined,
  place: string,
  { timeZone }: ReadingGround,
): Zone {
  const zone: Zone =
    given === undefined
      ? { kind: 'named', name: timeZone }
      : given === 'person'
        ? { kind: 'person', fallback: timeZone }
        : typeof given === 'string'
          ? { kind: 'named', name: given }
          : { kind: 'person', fallback: given.person };
  const name = zone.kind === 'named' ? zone.name : zone.fallback;
  if (!isZoneName(name))
    throw refuse(place, `names no time zone: ${name}; give one as Europe/Paris, or person`);
  return zone;
}

/** A zone as it is stored. */
export const storedZone = (zone: Zone): Static<typeof zoneSchema> =>
  zone.kind === 'named' ? zone.name : { person: zone.fallback };

/** Whose days are meant, as the end of a sentence. */
export const zoneWords = (zone: Zone): string =>
  zone.kind === 'named'
    ? `in ${zone.name}`
    : `in the person’s own time zone, or in ${zone.fallback} where that is not known for sure`;

/** SQL: the zone of a person, a row of `users`, who is in one for sure; null for all others. */
const sureZone = (users: 'u' | 'z'): Part =>
  // Every place of the key says the same zone; * stands for several.
  sql`substring(${sql.ref(`${users}.place_key`)} from '^[^@|]+@([^|*]+)(?:[|][^@|]+@\\1)*$')`;

/** SQL: by whose clock a person's days go. */
export const zoneOfPerson = (zone: Zone, users: 'u' | 'z'): Part =>
  zone.kind === 'named' ? sql`${zone.name}::text` : sql`coalesce(${sureZone(users)}, ${zone.fallback}::text)`;
