import { type Static, Type } from 'typebox';
import type { Context } from '../../http/context.ts';
import { ApiError, type Fault } from '../../http/errors.ts';
import { nullable } from '../../http/schemas.ts';
import { faultsOf } from '../../http/validate.ts';
import { thingsNamed } from '../../segments/called.ts';
import {
  changeAnswer,
  changesBetween,
  foundHere,
  type Lacking,
  noId,
  withIds,
  withIdsOf,
} from '../../segments/definition-file.ts';
import type { NamedThing } from '../../segments/leaf-kind.ts';
import { isObject } from '../../segments/values/group.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { end } from '../definition/tile-kind.ts';
import { findVersions, type Journey, journeysOf } from '../journeys.sql.ts';
import { type Impact, impactAnswer } from '../publish/impact.ts';
import { impactOn } from '../publish/impact-on.ts';
import { readGivenDocument } from '../publish/read-given.ts';
import { type ServedDocument, seeServedDocument } from '../publish/require-served.ts';
import { type Warning, warningAnswer } from '../publish/warnings.ts';
import { sealDocument } from '../webhook-calls/sealed.ts';
import { idsInJourneys, type JourneyFile, journeyFile, thingsIn } from './journey-file.ts';
import { thingsOfJourneys } from './things.sql.ts';

/** What applying a file does, as it is answered. */
export const filePlanAnswer = Type.Object({
  name: Type.String({ description: 'Of the journey; empty where the file does not say it' }),
  what: Type.Union(
    [Type.Literal('new'), Type.Literal('changed'), Type.Literal('same'), Type.Literal('refused')],
    {
      description:
        'new: a journey is made; changed: one is otherwise afterwards; same: nothing is to be done; refused: faults says why, and then none of the files is applied',
    },
  ),
  isDraft: Type.Boolean({
    description:
      'The file says draft: it is kept as a draft and not published. What is wrong in it stands among faults and keeps no file from being applied',
  }),
  id: Type.Optional(Type.Integer({ description: 'Of the journey of this name that is there' })),
  hasDraft: Type.Optional(
    Type.Boolean({
      description:
        'Something is drawn of it that is not published: it stays where the journey is the same, and goes where the file is published',
    }),
  ),
  changes: Type.Optional(Type.Array(changeAnswer)),
  impact: Type.Optional(impactAnswer),
  lacking: Type.Optional(
    Type.Array(
      Type.Object({
        kind: Type.String({ description: 'template, list, segment, …' }),
        reference: Type.String({ description: 'As names of the file has it: template:7' }),
        name: nullable(Type.String({ description: 'Null where the file does not tell it' })),
        isSeveral: Type.Boolean({ description: 'There are several of this name here' }),
        candidates: Type.Array(Type.String(), {
          description: 'What may be meant, as names is to call it: “Marketing (SMS Marketing)”',
        }),
        fields: Type.Array(Type.String(), { description: 'Where the document names it' }),
      }),
      {
        description: 'What the file names and this project has not, or has several of; each is among faults',
      },
    ),
  ),
  faults: Type.Optional(Type.Array(Type.Object({ field: Type.String(), fault: Type.String() }))),
  warnings: Type.Optional(Type.Array(warningAnswer)),
});

/** What applying a file would do. */
export interface FilePlan {
  /** As far as it could be read where it is refused. */
  file: JourneyFile;
  what: 'new' | 'changed' | 'same' | 'refused';
  journey: Journey | null;
  /** Whether something is drawn of the journey beside what is published. */
  hasDraft: boolean;
  changes: Static<typeof changeAnswer>[];
  impact: Impact | null;
  lacking: readonly Lacking[];
  faults: readonly Fault[];
  warnings: readonly Warning[];
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

type Ground = Pick<Context, 'db' | 'clock' | 'segmentKinds' | 'outbound' | 'secrets'>;
interface Project {
  id: number;
  timeZone: string;
}

/** Stands where a file names what is not here, so that the rest of its document can be looked at: no row has the number, nor a text of ours. */
const lackingId = 2_146_999_983;

/**
 * What applying these files to a project would do, each by itself, with all that is wrong in any of them. Files may name one another's journeys, also those
 * that are not there yet. Nothing is written.
 */
export async function planFiles(
  context: Ground,
  project: Project,
  given: readonly unknown[],
): Promise<FilePlan[]> {
  const read = given.map(readFile);
  const files = read.map(({ file }) => file);
  const standing = await standingJourneys(context.db, project.id);
  const find = thingsOfJourneys(context, project.id);
  const known = await thingsNamed(find, ...files.map(({ names }) => names));
  // Those that are to be made have their numbers afterwards.
  const toMake = files
    .filter(({ name }) => !standing.some(({ journey }) => journey.name === name))
    .map(({ name }, index) => ({
      ...{ kind: 'journey', id: largestId - index, name, of: null, isPutAway: false },
    }));
  const all = [...known, ...toMake];
  const plans: FilePlan[] = [];
  for (const [index, { file, faults: ofShape }] of read.entries()) {
    const there = standing.filter(({ journey }) => journey.name === file.name);
    const [own] = there;
    const seen = await lookAt(context, project, file, own ?? null, all, new Set(toMake.map(({ id }) => id)));
    const ofFile = [...ofShape, ...faultsOfName(file, files.slice(0, index), there)];
    const plan: Omit<FilePlan, 'what'> = {
      ...{ file, journey: own?.journey ?? null, changes: [], impact: null },
      hasDraft: own !== undefined && own.published !== null && own.journey.draft !== null,
      ...{ lacking: seen.lacking, faults: [...ofFile, ...seen.faults], warnings: seen.warnings },
    };
    const isRefused = ofFile.length > 0 || seen.refused || (!file.draft && !seen.document);
    if (isRefused) plans.push({ ...plan, what: 'refused' });
    else if (file.draft) plans.push(await compareDraft(context, project, plan, own, all));
    else if (own && seen.document) plans.push(await compare(context, project, plan, own, seen.document));
    else plans.push({ ...plan, what: 'new' });
  }
  return plans;
}

/** A file as far as it can be read, and what is wrong with its shape. Pure. */
function readFile(given: unknown): { file: JourneyFile; faults: Fault[] } {
  const faults = faultsOf(journeyFile, given, 'file').map(({ field, fault }) => ({
    field: field.replace(/^file\./, ''),
    fault,
  }));
  const { name, description, document, moves, names, draft } = isObject(given) ? given : {};
  const texts = (value: unknown) =>
    Object.fromEntries(
      Object.entries(isObject(value) ? value : {}).filter(
        (each): each is [string, string] => typeof each[1] === 'string',
      ),
    );
  return {
    file: {
      ...{ format: 'carillon-journey-1', name: typeof name === 'string' ? name : '' },
      ...(typeof description === 'string' && { description }),
      ...(draft === true && { draft }),
      ...(isObject(moves) && { moves: texts(moves) }),
      ...{ document: isObject(document) ? document : {}, names: texts(names) },
    },
    faults,
  };
}

/** What is seen of a file's document, and what it names that is not here. */
interface Looked extends Pick<ServedDocument, 'document' | 'faults' | 'warnings'> {
  lacking: readonly Lacking[];
  /** Whether not even a draft can be made of it. */
  refused: boolean;
}

async function lookAt(
  context: Ground,
  project: Project,
  file: JourneyFile,
  own: Standing | null,
  known: readonly NamedThing[],
  toBeMade: ReadonlySet<number>,
): Promise<Looked> {
  const { document, lacking } = foundIn(file, known, lackingId);
  const ofNames = lacking.map(({ field, fault }) => ({ field, fault }));
  try {
    const given = sealed(context, project.id, document);
    const publishing = { now: context.clock.now(), published: own?.published ?? null };
    const seen = await seeServedDocument(context, project, given, { toBeMade, publishing });
    // What is lacking is told of by its own fault.
    const others = seen.faults.filter(({ fault }) => !fault.includes(String(lackingId)));
    return {
      ...{ lacking, warnings: seen.warnings, faults: [...ofNames, ...others], refused: false },
      document: lacking.length > 0 ? null : seen.document,
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const faults = [...ofNames, ...faultsOfError(error)];
    return { ...{ document: null, lacking, faults, warnings: [] }, refused: file.draft !== true };
  }
}

/** What a file's journey says with the numbers that things have here. @throws ApiError where a name is not here, or twice. */
export async function documentHere(
  context: Pick<Context, 'db' | 'secrets' | 'segmentKinds'>,
  projectId: number,
  file: JourneyFile,
): Promise<object> {
  const known = await thingsNamed(thingsOfJourneys(context, projectId), file.names);
  return sealed(context, projectId, withIdsOf(file.document, idsInJourneys, file.names, known, 'document'));
}

/** The same as a draft: 0 stands for what is lacking, and secrets that were sealed elsewhere are left out. Its check tells each by its place. */
export async function draftHere(
  context: Pick<Context, 'db' | 'secrets' | 'segmentKinds'>,
  projectId: number,
  file: JourneyFile,
): Promise<object> {
  return draftOf(
    context,
    projectId,
    file,
    await thingsNamed(thingsOfJourneys(context, projectId), file.names),
  );
}

function draftOf(
  { secrets }: Pick<Context, 'secrets'>,
  projectId: number,
  file: JourneyFile,
  known: readonly NamedThing[],
): object {
  const { document } = foundIn(file, known);
  return isObject(document) ? sealDocument(secrets, projectId, document, 'leaveOut') : {};
}

const foundIn = ({ document, names }: JourneyFile, known: readonly NamedThing[], instead = noId) =>
  foundHere(document, idsInJourneys, names, known, 'document', instead);

const sealed = ({ secrets }: Pick<Context, 'secrets'>, projectId: number, document: unknown): object =>
  isObject(document) ? sealDocument(secrets, projectId, document) : {};

function faultsOfName(
  { name }: JourneyFile,
  before: readonly JourneyFile[],
  there: readonly Standing[],
): Fault[] {
  const fault = before.some((each) => each.name === name)
    ? `“${name}” stands in two files; give each journey a name of its own`
    : there.length > 1
      ? `“${name}” is that of ${there.length} journeys here (${there.map(({ journey }) => journey.id).join(', ')}); rename all but one`
      : null;
  // One that says none is told of by its shape.
  return fault === null || name === '' ? [] : [{ field: 'name', fault }];
}

/** What keeping a file's draft would change. */
async function compareDraft(
  context: Ground,
  project: Project,
  plan: Omit<FilePlan, 'what'>,
  own: Standing | undefined,
  known: readonly NamedThing[],
): Promise<FilePlan> {
  if (!own) return { ...plan, what: 'new' };
  const { journey, published } = own;
  const before = journey.draft ?? published;
  const there = await thingsOfJourneys(context, project.id)({ ids: thingsIn(before), names: [] });
  // What it names that is gone is lacking in the file too.
  const standing = withIds(
    before,
    idsInJourneys,
    ({ kind, id }) => (there.some((each) => each.kind === kind && each.id === id) ? id : noId),
    'document',
  );
  const changes = [
    ...changesBetween(journey.description, plan.file.description ?? '', 'description'),
    ...changesBetween(standing, draftOf(context, project.id, plan.file, known), 'document'),
  ];
  return { ...plan, changes, what: changes.length > 0 ? 'changed' : 'same' };
}

async function compare(
  context: Ground,
  project: Project,
  plan: Omit<FilePlan, 'what'>,
  { journey, published }: Standing,
  after: JourneyDocument,
): Promise<FilePlan> {
  const description = plan.file.description ?? '';
  const told = changesBetween(journey.description, description, 'description');
  // A draft that was never published may be half done: it is told from what the file says as it stands.
  const before = published === null ? null : await readGivenDocument(context, project, published);
  const changes = [...told, ...changesBetween(before?.stored ?? journey.draft, after.stored, 'document')];
  // A draft beside what is published stays where the file says what is published.
  const what = changes.length === 0 && published !== null ? 'same' : 'changed';
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
  return {
    ...{ ...plan, changes, impact, what: faults.length > 0 ? 'refused' : what },
    faults: [...plan.faults, ...faults],
  };
}

/** All that is wrong, of an error that may tell one fault or many. */
function faultsOfError(error: ApiError): Fault[] {
  const told = error.params?.faults as Fault[] | undefined;
  return told ?? [{ field: String(error.params?.field ?? 'document'), fault: error.message }];
}
