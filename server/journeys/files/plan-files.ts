import { type Static, Type } from 'typebox';
import type { Context } from '../../http/context.ts';
import { ApiError, type Fault } from '../../http/errors.ts';
import { nullable } from '../../http/schemas.ts';
import {
  changeAnswer,
  changesBetween,
  foundHere,
  type Lacking,
  withIdsOf,
} from '../../segments/definition-file.ts';
import { isObject } from '../../segments/values/group.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { end } from '../definition/tile-kind.ts';
import { findVersions, type Journey, journeysOf } from '../journeys.sql.ts';
import { type Impact, impactAnswer } from '../publish/impact.ts';
import { impactOn } from '../publish/impact-on.ts';
import { readGivenDocument } from '../publish/read-given.ts';
import { seeServedDocument } from '../publish/require-served.ts';
import { sealDocument } from '../webhook-calls/sealed.ts';
import { idsInJourneys, type JourneyFile } from './journey-file.ts';
import { thingsByName } from './things.sql.ts';

/** What applying a file does, as it is answered. */
export const filePlanAnswer = Type.Object({
  name: Type.String(),
  what: Type.Union(
    [Type.Literal('new'), Type.Literal('changed'), Type.Literal('same'), Type.Literal('refused')],
    {
      description:
        'new: a journey is made and published; changed: one is published anew; same: nothing is to be done; refused: faults says why, and then none of the files is applied',
    },
  ),
  id: Type.Optional(Type.Integer({ description: 'Of the journey of this name that is there' })),
  changes: Type.Optional(Type.Array(changeAnswer)),
  impact: Type.Optional(impactAnswer),
  lacking: Type.Optional(
    Type.Array(
      Type.Object({
        kind: Type.String({ description: 'template, list, segment, …' }),
        reference: nullable(
          Type.String({
            description:
              'As names of the file has it: template:7; null for numbers (campaignIds) that have no name there',
          }),
        ),
        name: nullable(Type.String({ description: 'Null where the file does not tell it' })),
        isSeveral: Type.Boolean({ description: 'There are several of this name here' }),
        fields: Type.Array(Type.String(), { description: 'Where the document names it' }),
      }),
      {
        description: 'What the file names and this project has not, or has several of; each is among faults',
      },
    ),
  ),
  faults: Type.Optional(Type.Array(Type.Object({ field: Type.String(), fault: Type.String() }))),
});

/** What applying a file would do. */
export interface FilePlan {
  file: JourneyFile;
  what: 'new' | 'changed' | 'same' | 'refused';
  journey: Journey | null;
  changes: Static<typeof changeAnswer>[];
  impact: Impact | null;
  lacking: readonly Lacking[];
  faults: readonly Fault[];
}

/** Of a row that is numbered by int; no journey has come so far. */
const largestId = 2 ** 31 - 1;

/** What a project's journeys say today, and how far they have been drawn. */
export interface Standing {
  journey: Journey;
  /** What is published; null before the first. */
  published: unknown;
}

/** The journeys of a project that are not archived, with what they say. */
export async function standingJourneys(db: Context['db'], projectId: number): Promise<Standing[]> {
  const journeys = (await journeysOf(db, projectId)).filter(({ state }) => state !== 'archived');
  const versions = await findVersions(
    db,
    journeys.flatMap(({ id, version }) => (version === null ? [] : [{ journeyId: id, version }])),
  );
  const documents = new Map(versions.map(({ journeyId, document }) => [journeyId, document]));
  return journeys.map((journey) => ({ journey, published: documents.get(journey.id) ?? null }));
}

/**
 * What applying these files to a project would do, each by itself. Files may name one another's journeys, also those that are not there yet. Nothing is
 * written.
 */
export async function planFiles(
  context: Pick<Context, 'db' | 'clock' | 'segmentKinds' | 'outbound' | 'secrets'>,
  project: { id: number; timeZone: string },
  files: readonly JourneyFile[],
): Promise<FilePlan[]> {
  const standing = await standingJourneys(context.db, project.id);
  const known = await thingsByName(context.db, project.id, files.flatMap(namedIn));
  // Those that are to be made have their numbers afterwards.
  const toMake = files
    .filter(({ name }) => !standing.some(({ journey }) => journey.name === name))
    .map(({ name }, index) => ({ kind: 'journey', id: largestId - index, name }));
  const plans: FilePlan[] = [];
  for (const [index, file] of files.entries()) {
    const there = standing.filter(({ journey }) => journey.name === file.name);
    const [own] = there;
    const plan = { file, journey: own?.journey ?? null, changes: [], impact: null, lacking: [], faults: [] };
    const refused = (faults: readonly Fault[], lacking: readonly Lacking[] = []) =>
      plans.push({ ...plan, what: 'refused', lacking, faults });
    try {
      requireOneOf(file, files.slice(0, index), there);
      const { document, lacking } = foundIn(file, [...known, ...toMake]);
      if (lacking.length > 0) {
        refused(
          lacking.map(({ field, fault }) => ({ field, fault })),
          lacking,
        );
        continue;
      }
      const given = sealed(context, project.id, document);
      const seen = await seeServedDocument(context, project, given, new Set(toMake.map(({ id }) => id)));
      if (!seen.document) refused(seen.faults);
      else
        plans.push(
          own ? await compare(context, project, plan, own, seen.document) : { ...plan, what: 'new' },
        );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refused(faultsOf(error));
    }
  }
  return plans;
}

/** What a file's journey says with the numbers that things have here. @throws ApiError where a name is not here, or twice. */
export async function documentHere(
  context: Pick<Context, 'db' | 'secrets'>,
  projectId: number,
  file: JourneyFile,
): Promise<object> {
  const known = await thingsByName(context.db, projectId, namedIn(file));
  return sealed(context, projectId, withIdsOf(file.document, idsInJourneys, file.names, known, 'document'));
}

/** The same as a draft: 0 stands for what is lacking, and secrets that were sealed elsewhere are left out. Its check tells each by its place. */
export async function draftHere(
  { db, secrets }: Pick<Context, 'db' | 'secrets'>,
  projectId: number,
  file: JourneyFile,
): Promise<object> {
  const { document } = foundIn(file, await thingsByName(db, projectId, namedIn(file)));
  return isObject(document) ? sealDocument(secrets, projectId, document, 'leaveOut') : {};
}

const foundIn = ({ document, names }: JourneyFile, known: Parameters<typeof foundHere>[3]) =>
  foundHere(document, idsInJourneys, names, known, 'document');

const sealed = ({ secrets }: Pick<Context, 'secrets'>, projectId: number, document: unknown): object =>
  isObject(document) ? sealDocument(secrets, projectId, document) : {};

const namedIn = ({ names }: JourneyFile) =>
  Object.entries(names).map(([reference, name]) => ({ kind: reference.split(':')[0] ?? '', name }));

function requireOneOf(
  { name }: JourneyFile,
  before: readonly JourneyFile[],
  there: readonly Standing[],
): void {
  const refuse = (fault: string) =>
    new ApiError('BadParams', `name ${fault}`, { field: 'name', value: name });
  if (before.some((each) => each.name === name))
    throw refuse(`“${name}” stands in two files; give each journey a name of its own`);
  if (there.length > 1)
    throw refuse(`“${name}” is that of ${there.length} journeys here; rename all but one`);
}

async function compare(
  context: Pick<Context, 'db' | 'clock' | 'segmentKinds'>,
  project: { id: number; timeZone: string },
  plan: Omit<FilePlan, 'what'>,
  { journey, published }: Standing,
  after: JourneyDocument,
): Promise<FilePlan> {
  const description = plan.file.description ?? '';
  const told = changesBetween(journey.description, description, 'description');
  // A draft that was never published may be half done: it is told from what the file says as it stands.
  const before = published === null ? null : await readGivenDocument(context, project, published);
  const changes = [...told, ...changesBetween(before?.stored ?? journey.draft, after.stored, 'document')];
  const isDrawn = journey.draft !== null;
  const what = changes.length === 0 && !isDrawn ? 'same' : 'changed';
  const ids = { projectId: project.id, journeyId: journey.id };
  const impact = before && (await impactOn(context, ids, before, after));
  const moves = new Map(Object.entries(plan.file.moves ?? {}));
  const faults = (impact?.removed ?? []).flatMap(({ tile, people }): Fault[] => {
    const to = moves.get(tile);
    const refuse = (fault: string) => [{ field: `moves.${tile}`, fault }];
    if (to !== undefined)
      return to === end || after.tiles.has(to)
        ? []
        : refuse(`names ${to}, which is no tile; name one, or end`);
    return people === 0
      ? []
      : refuse(
          `is missing: ${people.toLocaleString('en')} people are at this tile, which is gone; say to which tile they go, or end`,
        );
  });
  return { ...plan, what: faults.length > 0 ? 'refused' : what, changes, impact, faults };
}

/** All that is wrong, of an error that may tell one fault or many. */
function faultsOf(error: ApiError): Fault[] {
  const told = error.params?.faults as Fault[] | undefined;
  return told ?? [{ field: String(error.params?.field ?? 'document'), fault: error.message }];
}
