import { Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { CallerProject, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import { retrying } from '../users/try-again.ts';
import { definitionSchema } from './definition-schema.ts';
import { type NamedDefinition, readGiven, readNamed, remarkGround } from './ground.ts';
import { type Definition, referenceText } from './leaf-kind.ts';
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
    ...segmentAsAnswer(segment, named),
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
      return {
        segments: rows.flatMap((row) => {
          const definition = named.get(row.id);
          return definition ? [segmentAsAnswer(row, definition)] : [];
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
      return segmentAsAnswer(segment, await requireNamed(context, project, segment.id));
    },
  );
  api.post(
    '/api/segments',
    {
      schema: {
        tags,
        summary: 'Make a segment',
        body: Type.Object({ name, description: Type.Optional(description), definition: definitionInput }),
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
        };
        return { named, segment: await insertSegment(transaction, project.id, content, by, clock.now()) };
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
        const given = body.definition === undefined ? before.definition : body.definition;
        const named = await readGiven({ ...context, db: transaction }, project, given, id);
        const content = {
          name: body.name ?? before.name,
          description: body.description === undefined ? before.description : body.description,
          ...asStored(named.definition),
        };
        return { named, segment: await updateSegment(transaction, id, content, by, clock.now()) };
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
        await lockSegment(transaction, project.id, id);
        const uses = await context.findUses(transaction, project.id, 'segment', id);
        if (uses.length > 0)
          throw new ApiError(
            'InUse',
            `Segment ${id} cannot be deleted while it is needed by ${uses.map(({ words }) => words).join(', ')}; take it out of segments, and cancel, abort or deactivate campaigns first, or wait until they are finished`,
            { segmentId: id, campaignIds: uses.flatMap(({ campaignId }) => campaignId ?? []) },
          );
        await removeSegment(transaction, id);
      });
      return success('Segment deleted');
    },
  );
};

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
