import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { success, successAnswer } from '../../http/schemas.ts';
import { publishedSchema } from '../definition/published-schema.ts';
import { findJourney, insertJourney, removeJourney, updateJourney, versionsOf } from '../journeys.sql.ts';
import { requireUnchanged } from '../require-unchanged.ts';
import { sealDocument } from '../webhook-calls/sealed.ts';
import { journeyAnswer, journeyAsAnswer, journeyInPath } from './journey-answer.ts';

const tags = ['Journeys'];
const name = Type.String({ minLength: 1, maxLength: 255 });
const description = Type.String({ maxLength: 2_000 });
const document = Type.Unknown({ description: 'GET /api/journeys/schema says what it may hold' });

/** Making, drawing, copying and deleting journeys. */
export const editRoutes: Routes = (api, context) => {
  const { db, clock } = context;

  api.get(
    '/api/journeys/schema',
    {
      schema: {
        tags,
        summary: 'The JSON Schema of documents of journeys',
        response: { 200: Type.Record(Type.String(), Type.Unknown()) },
      },
    },
    async () => publishedSchema(context.segmentKinds),
  );
  api.get(
    '/api/journeys/:id',
    { schema: { tags, summary: 'One journey', params: journeyInPath, response: { 200: journeyAnswer } } },
    async (request) => journeyAsAnswer(await findJourney(db, request.caller.project.id, request.params.id)),
  );
  api.post(
    '/api/journeys',
    {
      schema: {
        tags,
        summary: 'Make a journey: a draft, which nobody enters before it is published',
        body: Type.Object({ name, description: Type.Optional(description), document }),
        response: { 200: journeyAnswer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const { body } = request;
      const given = {
        name: body.name,
        description: body.description ?? '',
        draft: sealDocument(context.secrets, project.id, requireObject(body.document)),
      };
      const id = await insertJourney(db, project.id, given, by, clock.now());
      return journeyAsAnswer(await findJourney(db, project.id, id));
    },
  );
  api.post(
    '/api/journeys/:id/copy',
    {
      schema: {
        tags,
        summary: 'Make a draft of what another journey says, its own draft before what is published',
        params: journeyInPath,
        body: Type.Optional(Type.Union([Type.Object({ name: Type.Optional(name) }), Type.Null()])),
        response: { 200: journeyAnswer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const original = await findJourney(db, project.id, request.params.id);
      const [newest] = original.draft === null ? await versionsOf(db, original.id) : [];
      const given = {
        name: request.body?.name ?? `Copy of ${original.name}`.slice(0, 255),
        description: original.description,
        draft: original.draft ?? newest?.document,
      };
      const id = await insertJourney(db, project.id, given, by, clock.now());
      return journeyAsAnswer(await findJourney(db, project.id, id));
    },
  );
  api.patch(
    '/api/journeys/:id',
    {
      schema: {
        tags,
        summary: 'Change a journey’s name or draft; those inside go by what is published',
        description:
          'A draft may be half done: POST /api/journeys/{id}/check tells what is still wrong in it.',
        params: journeyInPath,
        body: Type.Object({
          name: Type.Optional(name),
          description: Type.Optional(description),
          document: Type.Optional(Type.Unknown({ description: 'The draft; null throws it away' })),
          basedOn: Type.Optional(
            Type.Integer({
              description:
                'updatedAt of the journey that the change was made on: where it has changed since, by whomever, the call is refused (409)',
            }),
          ),
        }),
        response: { 200: journeyAnswer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const { name: newName, description: newDescription, document: draft, basedOn } = request.body;
      const changed = await db.transaction().execute(async (transaction) => {
        const journey = await findJourney(transaction, project.id, request.params.id, true);
        requireUnchanged(journey, basedOn);
        if (draft !== undefined && journey.state === 'archived')
          throw new ApiError(
            'InvalidState',
            `Journey ${journey.id} is archived; make another of its document`,
            {
              journeyId: journey.id,
            },
          );
        if (draft === null && journey.version === null)
          throw new ApiError(
            'BadParams',
            'document is null, and nothing is published to go back to; DELETE deletes the journey',
            { field: 'document' },
          );
        return updateJourney(
          transaction,
          journey,
          {
            ...(newName !== undefined && { name: newName }),
            ...(newDescription !== undefined && { description: newDescription }),
            ...(draft !== undefined && {
              draft: draft === null ? null : sealDocument(context.secrets, project.id, requireObject(draft)),
            }),
          },
          by,
          clock.now(),
        );
      });
      return journeyAsAnswer(changed);
    },
  );
  api.delete(
    '/api/journeys/:id',
    {
      schema: {
        tags,
        summary: 'Delete a journey that was never published; others are archived',
        params: journeyInPath,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      await db.transaction().execute(async (transaction) => {
        const journey = await findJourney(transaction, project.id, request.params.id, true);
        if (journey.version !== null)
          throw new ApiError(
            'InvalidState',
            `Journey ${journey.id} was published, and what people did in it is kept; stop it and archive it`,
            { journeyId: journey.id },
          );
        await removeJourney(transaction, journey.id);
      });
      return success('Journey deleted');
    },
  );
};

function requireObject(given: unknown): object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new ApiError('BadParams', 'document must be an object', { field: 'document' });
}
