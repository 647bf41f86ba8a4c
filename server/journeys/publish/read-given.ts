import type { Context } from '../../http/context.ts';
import { segmentsNamed } from '../../segments/ground.ts';
import { referenceText } from '../../segments/leaf-kind.ts';
import { namesOfReferences } from '../../segments/names.sql.ts';
import { definitionsOf } from '../../segments/segments.sql.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { requireRight, type SeenDocument, seeJourney } from '../definition/read-journey.ts';

/**
 * Reads a document as somebody gives it. @throws ApiError BadParams with all its faults, also where it names lists, segments, channels, message types and
 * templates that are not this project's.
 */
export async function readGivenDocument(
  context: Pick<Context, 'db' | 'segmentKinds'>,
  project: { id: number; timeZone: string },
  given: unknown,
): Promise<JourneyDocument> {
  return requireRight(await seeGivenDocument(context, project, given));
}

/** Looks at a document as somebody gives it; what is not this project's is among its faults. @throws ApiError as `seeJourney` does. */
export async function seeGivenDocument(
  { db, segmentKinds }: Pick<Context, 'db' | 'segmentKinds'>,
  project: { id: number; timeZone: string },
  given: unknown,
): Promise<SeenDocument> {
  // What a version names stays until it is published.
  const segments = await definitionsOf(db, project.id, segmentsNamed(given), db.isTransaction);
  const ground = { kinds: segmentKinds, timeZone: project.timeZone, segments };
  const first = seeJourney({ ...ground, names: new Map() }, given);
  const started = [...first.tiles.values()].flatMap(({ starts }) => starts ?? []);
  const names = await namesOfReferences(db, segmentKinds, project.id, [
    ...first.named.map(({ reference }) => reference),
    ...started.map((id) => ({ kind: 'journey', id }) as const),
  ]);
  const missing = first.named.filter(({ reference }) => !names.has(referenceText(reference)));
  // Again with names, so that what it says in words tells them.
  const seen = seeJourney({ ...ground, names }, given);
  const faults = missing.map(({ reference: { kind, id }, place }) => ({
    field: place,
    fault: `names ${kind} ${id}, which this project does not have`,
  }));
  return {
    ...seen,
    faults: [...seen.faults, ...faults],
    document: faults.length > 0 ? null : seen.document,
  };
}
