import { findCatalog } from '../content/catalogs/catalogs.sql.ts';
import type { Database } from '../database/connect.ts';
import { listEventFields } from '../events/event-fields.ts';
import { ApiError } from '../http/errors.ts';
import { listFields } from '../users/field-types.ts';
import { catalogsNamed } from './catalogs-named.ts';
import {
  type Definition,
  type LeafKind,
  type Names,
  type Reference,
  type RemarkGround,
  referenceText,
} from './leaf-kind.ts';
import { namesOfReferences } from './names.sql.ts';
import { conditionsOf, conditionsWithin, readDefinition } from './read-definition.ts';
import { definitionsOf, segmentsOn } from './segments.sql.ts';

declare module '../http/context.ts' {
  interface Context {
    /** All kinds of condition that segments know, those of every capability. */
    segmentKinds: readonly LeafKind[];
  }
}

/** What definitions are read by. */
export interface SegmentTools {
  db: Database;
  segmentKinds: readonly LeafKind[];
}

/** A project as far as definitions need it. */
interface ProjectGround {
  id: number;
  timeZone: string;
}

/** A definition that was read, with the names of what it refers to. */
export interface NamedDefinition {
  definition: Definition;
  names: Names;
}

/**
 * Reads a definition as a caller gives it; `self` is the segment whose it is to be. All that it names stays to the transaction's end.
 * @throws ApiError BadParams for what cannot be read, and for lists, channels, message types and segments that are not this project's.
 */
export async function readGiven(
  { db, segmentKinds: kinds }: SegmentTools,
  project: ProjectGround,
  given: unknown,
  self: number | null = null,
): Promise<NamedDefinition> {
  const segments = await definitionsOf(db, project.id, segmentsNamed(given), db.isTransaction);
  const definition = readDefinition({ kinds, timeZone: project.timeZone, segments }, given, self);
  await requireCatalogs(db, project.id, definition.stored);
  const names = await namesOfReferences(db, kinds, project.id, definition.refersTo);
  for (const { place, condition } of conditionsOf(definition.tree))
    for (const reference of condition.refersTo)
      if (!names.has(referenceText(reference))) throw notThere(place, reference);
  return { definition, names };
}

/** Reads the stored definitions of segments of a project, by their ids; one that is gone is absent. */
export async function readStored(
  { db, segmentKinds: kinds }: SegmentTools,
  projectId: number,
  ids: readonly number[],
): Promise<Map<number, Definition>> {
  const segments = await definitionsOf(db, projectId, ids);
  // What is stored says every zone.
  const ground = { kinds, timeZone: 'UTC', segments };
  return new Map(
    ids.flatMap((id) =>
      segments.has(id) ? [[id, readDefinition(ground, segments.get(id), id)] as const] : [],
    ),
  );
}

/** The same with the names of what they refer to, and what the segments do that they name. */
export async function readNamed(
  tools: SegmentTools,
  projectId: number,
  ids: readonly number[],
): Promise<Map<number, NamedDefinition>> {
  const read = await readStored(tools, projectId, ids);
  const names = await namesOfReferences(
    tools.db,
    tools.segmentKinds,
    projectId,
    [...read.values()].flatMap(({ tree }) =>
      conditionsWithin(tree).flatMap(({ condition }) => condition.refersTo),
    ),
  );
  return new Map([...read].map(([id, definition]) => [id, { definition, names }]));
}

/** @throws ApiError BadParams where a segment that names this one would come to more than a definition may, as it is now. */
export async function requireNamersStand(tools: SegmentTools, projectId: number, id: number): Promise<void> {
  for (const naming of await segmentsOn(tools.db, projectId, id)) {
    try {
      await readStored(tools, projectId, [naming.id]);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError(
        error.code,
        `Segment ${naming.id} (${naming.name}) names this one, and by it ${error.message}`,
        { segmentId: naming.id },
      );
    }
  }
}

/** @throws ApiError BadParams for a catalog that the project does not have. */
async function requireCatalogs(db: Database, projectId: number, stored: unknown): Promise<void> {
  for (const { place, name } of catalogsNamed(stored)) {
    if (await findCatalog(db, projectId, name)) continue;
    throw new ApiError(
      'BadParams',
      `${place} names the catalog ${name}, which this project does not have; GET /api/catalogs lists them`,
      { field: place, value: name },
    );
  }
}

const titles: Readonly<Record<Reference['kind'], readonly [what: string, where: string]>> = {
  list: ['list', 'GET /api/lists'],
  segment: ['segment', 'GET /api/segments'],
  channel: ['channel', 'GET /api/channels'],
  messageType: ['message type', 'GET /api/messageTypes'],
  template: ['template', 'GET /api/templates'],
  campaign: ['campaign', 'GET /api/campaigns'],
  journey: ['journey', 'GET /api/journeys'],
};

function notThere(place: string, reference: Reference): ApiError {
  const [what, where] = titles[reference.kind];
  return new ApiError(
    'BadParams',
    `${place} names ${what} ${reference.id}, which this project does not have; ${where} lists them`,
    {
      field: place,
      value: reference.id,
    },
  );
}

/** The ids of all segments that a definition names, whatever else is wrong with it. */
export function segmentsNamed(value: unknown, depth = 0): number[] {
  if (typeof value !== 'object' || value === null || depth > 200) return [];
  if (Array.isArray(value)) return value.flatMap((part) => segmentsNamed(part, depth + 1));
  return Object.entries(value).flatMap(([name, part]) => {
    const id: unknown =
      name === 'segment' && typeof part === 'object' && part !== null && 'id' in part ? part.id : null;
    return typeof id === 'number' && Number.isInteger(id) && id > 0 && id < 2 ** 31
      ? [id]
      : segmentsNamed(part, depth + 1);
  });
}

/** What remarks go by. */
export async function remarkGround(db: Database, projectId: number): Promise<RemarkGround> {
  return { profile: await listFields(db, projectId), events: await listEventFields(db, projectId) };
}

/** A definition in one sentence. */
export function sentenceOf({ definition, names }: NamedDefinition): string {
  const words = definition.sentence(names);
  const bare =
    definition.tree.kind !== 'condition' && definition.tree.of.length > 1 && words.startsWith('(')
      ? words.slice(1, -1)
      : words;
  return `Everybody of whom this is true: ${bare}.`;
}
