import { sql } from 'kysely';
import { readStored, type SegmentTools } from './ground.ts';
import type { Asked, Definition, Part } from './leaf-kind.ts';

/** To whom messages go: everybody on any of the lists or of any of the segments, but those of the suppressing ones. */
export interface Audience {
  listIds: readonly number[];
  segmentIds: readonly number[];
  suppressionListIds: readonly number[];
  suppressionSegmentIds: readonly number[];
}

/** An audience with the definitions of its segments, as they are now. */
export interface ReadAudience extends Audience {
  segments: readonly Definition[];
  suppressionSegments: readonly Definition[];
}

/** Whether an audience is of lists alone, of which more is known beforehand. */
export const isOfLists = ({ segmentIds, suppressionSegmentIds }: Audience): boolean =>
  segmentIds.length === 0 && suppressionSegmentIds.length === 0;

/** Reads the definitions of an audience's segments. @throws when one is gone: it cannot be deleted while it is used. */
export async function readAudience(
  tools: SegmentTools,
  projectId: number,
  audience: Audience,
): Promise<ReadAudience> {
  if (isOfLists(audience)) return { ...audience, segments: [], suppressionSegments: [] };
  const { segmentIds, suppressionSegmentIds } = audience;
  const read = await readStored(tools, projectId, [...segmentIds, ...suppressionSegmentIds]);
  const found = (id: number): Definition => {
    const definition = read.get(id);
    if (!definition) throw new Error(`segment ${id} of an audience is gone`);
    return definition;
  };
  return {
    ...audience,
    segments: segmentIds.map(found),
    suppressionSegments: suppressionSegmentIds.map(found),
  };
}

/** SQL: whether somebody, a row of `users u` of one lane, is of an audience. */
export function isOfAudience(
  { listIds, suppressionListIds, segments, suppressionSegments }: ReadAudience,
  asked: Asked,
): Part {
  const onAny = (ids: readonly number[]) =>
    ids.length === 0
      ? []
      : [
          sql`EXISTS (SELECT 1 FROM list_member m
            WHERE m.lane = ${asked.lane} AND m.user_id = u.id AND m.list_id = ANY(${ids}::int[]))`,
        ];
  const any = (parts: readonly Part[]) =>
    parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` OR `)})`;
  const isIn = any([...onAny(listIds), ...segments.map((each) => each.holds(asked))]);
  const isOut = any([...onAny(suppressionListIds), ...suppressionSegments.map((each) => each.holds(asked))]);
  return sql`(${isIn} AND NOT ${isOut})`;
}
