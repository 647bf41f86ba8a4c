import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { segmentsNamed } from '../../segments/ground.ts';
import { referenceText } from '../../segments/leaf-kind.ts';
import { namesOfReferences } from '../../segments/names.sql.ts';
import { definitionsOf } from '../../segments/segments.sql.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { readJourney } from '../definition/read-journey.ts';

/**
 * Reads a document as somebody gives it. @throws ApiError BadParams with all its faults, also where it names lists, segments, channels and message types
 * that are not this project's.
 */
export async function readGivenDocument(
  { db, segmentKinds }: Pick<Context, 'db' | 'segmentKinds'>,
  project: { id: number; timeZone: string },
  given: unknown,
): Promise<JourneyDocument> {
  // What a version names stays until it is published.
  const segments = await definitionsOf(db, project.id, segmentsNamed(given), db.isTransaction);
  const ground = { kinds: segmentKinds, timeZone: project.timeZone, segments };
  const first = readJourney({ ...ground, names: new Map() }, given);
  const names = await namesOfReferences(
    db,
    segmentKinds,
    project.id,
    first.named.map(({ reference }) => reference),
  );
  const missing = first.named.filter(({ reference }) => !names.has(referenceText(reference)));
  if (missing.length > 0) {
    const faults = missing.map(({ reference: { kind, id }, place }) => ({
      field: place,
      fault: `names ${kind} ${id}, which this project does not have`,
    }));
    throw new ApiError('BadParams', `${faults[0]?.field} ${faults[0]?.fault}`, { faults });
  }
  // Again with names, so that what it says in words tells them.
  return readJourney({ ...ground, names }, given).document;
}
