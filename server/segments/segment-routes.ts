import { isDeepStrictEqual } from 'node:util';
import { Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { CallerProject, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import { retrying } from '../users/try-again.ts';
import { definitionSchema } from './definition-schema.ts';
import { type NamedDefinition, readGiven, readNamed, remarkGround, requireNamersStand } from './ground.ts';
import { type Definition, referenceText } from './leaf-kind.ts';
import { liveSegmentsOn, refill, stopLive } from './live/change-meaning.ts';
import { liveStates } from './live/live-state.ts';
import { remarkAnswer, remarksOf, segmentAnswer, segmentAsAnswer } from './segment-answer.ts';
import {
  findSegment,
  insertSegment,
  lockSegment,
  removeSegment,
  type Segment,
  segmentsOfProject,
  updateSegment,
} from './segments.sql.ts';

const tags = ['Segments'];
const params = Type.Object({ id: rowId });
const name = Type.String({ minLength: 1, maxLength: 255 });
const description = Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]);

/** A definition in the body of a call; what is wrong in it is told by its own place. */
export const definitionInput = Type.Unknown({
  description: 'GET /api/segments/schema says what it may hold',
});

const live = Type.Boolean({
  description:
    'Whether who is of it is kept as it changes, by what happens and by time, and told: who enters, and who leaves. Nobody enters by its being made live',
});

const fieldsAnswer = Type.Array(Type.Object({ name: Type.String(), type: Type.String() }));

const asFields = (types: ReadonlyMap<string, string>) =>
  [...types].map(([field, type]) => ({ name: field, type }));

/** A segment as it is answered when it was written. */
export const savedAnswer = Type.Object({ ...segmentAnswer.properties, remarks: remarkAnswer });

/** Making, changing, deleting and reading segments. */
export const segmentRoutes: Routes = (api, context) => {
  const { db, clock } = context;

  /** A row as it is answered after it was written. */
  const saved = async (segment: Segment, named: NamedDefinition) => ({
    ...segmentAsAnswer(segment, named, (await liveStates(db, segment.project_id)).get(segment.id)),
    remarks: remarksOf(named, await remarkGround(db, segment.project_id)),
  });

  /** Two that name each other at one moment wait for each other: one is tried again, and sees the other. */
  const inTurn = <Result>(run: (transaction: Database) => Promise<Result>) =>
    retrying(() => db.transaction().execute(run));

  api.get(
    '/api/segments',
    {
      schema: {
        tags,
        summary: 'Segments, each with its definition in one sentence',
        response: { 200: Type.Object({ segments: Type.Array(segmentAnswer) }) },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const rows = await segmentsOfProject(db, project.id);
      const named = await readNamed(
        context,
        project.id,
        rows.map(({ id }) => id),
      );
      const states = await liveStates(db, project.id);
      return {
        segments: rows.flatMap((row) => {
          const definition = named.get(row.id);
          return definition ? [segmentAsAnswer(row, definition, states.get(row.id))] : [];
        }),
      };
    },
  );
  api.get(
    '/api/segments/schema',
    {
      schema: {
        tags,
        summary: 'The JSON Schema of definitions',
        response: { 200: Type.Record(Type.String(), Type.Unknown()) },
      },
    },
    async () => definitionSchema(context.segmentKinds),
  );
  api.get(
    '/api/segments/names',
    {
      schema: {
        tags,
        summary:
          'The fields and events that were seen so far, which conditions may name, with the types of their values',
        response: {
          200: Type.Object({
            fields: fieldsAnswer,
            events: Type.Array(Type.Object({ name: Type.String(), fields: fieldsAnswer })),
          }),
        },
      },
    },
    async (request) => {
      const { profile, events } = await remarkGround(db, request.caller.project.id);
      return {
        fields: asFields(profile),
        events: [...events].map(([event, fields]) => ({ name: event, fields: asFields(fields) })),
      };
    },
  );
  api.get(
    '/api/segments/:id',
    {
      schema: { tags, summary: 'One segment', params, response: { 200: segmentAnswer } },
    },
    async (request) => {
      const { project } = request.caller;
      const segment = await findSegment(db, project.id, request.params.id);
      const states = await liveStates(db, project.id);
      return segmentAsAnswer(
        segment,
        await requireNamed(context, project, segment.id),
        states.get(segment.id),
      );
    },
  );
  api.post(
    '/api/segments',
    {
      schema: {
        tags,
        summary: 'Make a segment',
        body: Type.Object({
          ...{ name, description: Type.Optional(description), definition: definitionInput },
          live: Type.Optional(live),
        }),
        response: { 200: savedAnswer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const { body } = request;
      const made = await inTurn(async (transaction) => {
        const named = await readGiven({ ...context, db: transaction }, project, body.definition);
        const content = {
          name: body.name,
          description: body.description ?? null,
          ...asStored(named.definition),
          live: body.live ?? false,
        };
        const segment = await insertSegment(transaction, project.id, content, by, clock.now());
        if (segment.live) await refill(transaction, project.id, [segment.id], false, clock.now());
        return { named, segment };
      });
      return saved(made.segment, made.named);
    },
  );
  api.patch(
    '/api/segments/:id',
    {
      schema: {
        tags,
        summary: 'Change a segment; who is not admitted yet by a campaign that goes to it follows',
        params,
        body: Type.Object({
          name: Type.Optional(name),
          description: Type.Optional(description),
          definition: Type.Optional(definitionInput),
          live: Type.Optional(live),
          announce: Type.Optional(
            Type.Boolean({
              description:
                'With a definition, of a live segment or one that live ones name: who comes to be of them by it enters, and who is of them no longer leaves. Unless true nobody is told of; POST /api/segments/{id}/preview-change says how many it would be',
            }),
          ),
        }),
        response: { 200: savedAnswer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const { body } = request;
      const { id } = request.params;
      const changed = await inTurn(async (transaction) => {
        const before = await lockSegment(transaction, project.id, id);
        const within = { ...context, db: transaction };
        // What stands was looked at when it was given.
        const named =
          body.definition === undefined
            ? await requireNamed(within, project, id)
            : await readGiven(within, project, body.definition, id);
        const content = {
          name: body.name ?? before.name,
          description: body.description === undefined ? before.description : body.description,
          ...asStored(named.definition),
          live: body.live ?? before.live,
        };
        const segment = await updateSegment(transaction, id, content, by, clock.now());
        if (body.definition !== undefined) await requireNamersStand(within, project.id, id);
        await keepLive(transaction, before, segment, body.announce ?? false, clock.now());
        return { named, segment };
      });
      return saved(changed.segment, changed.named);
    },
  );
  api.delete(
    '/api/segments/:id',
    {
      schema: {
        tags,
        summary: 'Delete a segment; 409 while another segment, or a campaign that may yet send, names it',
        params,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { id } = request.params;
      await db.transaction().execute(async (transaction) => {
        const segment = await lockSegment(transaction, project.id, id);
        const uses = await context.findUses(transaction, project.id, 'segment', id);
        if (uses.length > 0)
          throw new ApiError(
            'InUse',
            `Segment ${id} cannot be deleted while it is needed by ${uses.map(({ words }) => words).join(', ')}; take it out of segments, and cancel, abort or deactivate campaigns first, or wait until they are finished`,
            { segmentId: id, campaignIds: uses.flatMap(({ campaignId }) => campaignId ?? []) },
          );
        if (segment.live) await stopLive(transaction, project.id, id, clock.now());
        await removeSegment(transaction, id);
      });
      return success('Segment deleted');
    },
  );
};

/** Has lanes filled, or emptied, as a change of a segment wants it. @throws ApiError for an announcement of nothing. */
async function keepLive(
  transaction: Database,
  before: Segment,
  { id, project_id: projectId, live, definition }: Segment,
  announces: boolean,
  at: Date,
): Promise<void> {
  const isOther = !isDeepStrictEqual(before.definition, definition);
  const others = isOther ? await liveSegmentsOn(transaction, projectId, id) : [];
  const changed = others.map((each) => each.id).filter((each) => each !== id || live);
  if (announces && changed.length === 0)
    throw new ApiError(
      'BadParams',
      'announce is for another definition of a live segment, or of one that live ones name; leave it out',
      { field: 'announce' },
    );
  await refill(transaction, projectId, changed, announces, at);
  if (live && !before.live) await refill(transaction, projectId, [id], false, at);
  if (!live && before.live) await stopLive(transaction, projectId, id, at);
}

/** A stored segment's definition. @throws ApiError NotFound. */
export async function requireNamed(
  context: Context,
  project: Pick<CallerProject, 'id'>,
  id: number,
): Promise<NamedDefinition> {
  const named = (await readNamed(context, project.id, [id])).get(id);
  if (!named)
    throw new ApiError('NotFound', `No segment ${id} in this project; GET /api/segments lists them`, {
      field: 'id',
      value: id,
    });
  return named;
}

/** What of a definition is written. */
export const asStored = ({ stored, refersTo }: Definition) => ({
  definition: stored,
  refersTo: [...new Set(refersTo.map(referenceText))],
});
