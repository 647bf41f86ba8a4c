import { type Static, Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError, type Fault } from '../../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../../http/schemas.ts';
import { publishedSchema } from '../definition/published-schema.ts';
import { type DocumentWords, wordsOf } from '../definition/read-journey.ts';
import { campaignsOfJourney } from '../journey-campaigns.sql.ts';
import { changeJourney, verbs } from '../journey-state.ts';
import {
  findJourney,
  findVersions,
  insertJourney,
  type Journey,
  removeJourney,
  updateJourney,
  versionsOf,
} from '../journeys.sql.ts';
import { sealDocument } from '../outside/sealed.ts';
import { impactAnswer } from '../publish/impact.ts';
import { impactOfDraft, publishDraft } from '../publish/publish.ts';
import { readServedDocument } from '../publish/require-served.ts';
import { requireUnchanged } from '../require-unchanged.ts';
import { countsOf, totalsOf } from '../runs/counts.sql.ts';
import { dueNow } from '../runs/inside.sql.ts';
import { countsByTile } from './counts-answer.ts';

const tags = ['Journeys'];
const params = Type.Object({ id: rowId });
const name = Type.String({ minLength: 1, maxLength: 255 });
const description = Type.String({ maxLength: 2_000 });
const document = Type.Unknown({ description: 'GET /api/journeys/schema says what it may hold' });

/** A journey as it is answered. */
const journeyAnswer = Type.Object({
  ...{ id: Type.Integer(), name: Type.String(), description: Type.String() },
  state: Type.String({
    description:
      'draft, open, closed (nobody enters), paused (nobody moves), stopped (all were let go) or archived',
  }),
  version: nullable(Type.Integer({ description: 'The one that people follow; null before the first' })),
  draft: Type.Unknown({
    description: 'What is being drawn; null where nothing differs from what is published',
  }),
  createdBy: Type.String(),
  createdAt: Type.Integer(),
  updatedBy: Type.String(),
  updatedAt: Type.Integer(),
});

/** A journey's row as it is answered. */
const asAnswer = ({
  projectId: _,
  pausedAt: __,
  resumedAt: ___,
  createdAt,
  updatedAt,
  ...journey
}: Journey): Static<typeof journeyAnswer> => ({
  ...journey,
  createdAt: createdAt.getTime(),
  updatedAt: updatedAt.getTime(),
});

/** Making, drawing, publishing and holding journeys. */
export const journeyRoutes: Routes = (api, context) => {
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
    { schema: { tags, summary: 'One journey', params, response: { 200: journeyAnswer } } },
    async (request) => asAnswer(await findJourney(db, request.caller.project.id, request.params.id)),
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
      return asAnswer(await findJourney(db, project.id, id));
    },
  );
  api.post(
    '/api/journeys/:id/copy',
    {
      schema: {
        tags,
        summary: 'Make a draft of what another journey says, its own draft before what is published',
        params,
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
      return asAnswer(await findJourney(db, project.id, id));
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
        params,
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
      return asAnswer(changed);
    },
  );
  api.post(
    '/api/journeys/:id/check',
    {
      schema: {
        tags,
        summary:
          'What the draft says in words and would do to those inside; 400 with all that is wrong in it',
        description:
          'A refusal tells all the same, in `params.words`, what entry, exits and tiles say that can be read.',
        params,
        querystring: Type.Object({
          faults: Type.Optional(
            Type.Literal('told', {
              description:
                'A draft in which something is wrong is no error: it is answered with its faults, for whoever shows them as somebody draws',
            }),
          ),
          version: Type.Optional(
            Type.Integer({ minimum: 1, description: 'A version that was published, in place of the draft' }),
          ),
        }),
        response: {
          200: Type.Object({
            entry: nullable(Type.String({ description: 'Null where it cannot be read' })),
            exits: Type.Array(Type.Object({ name: Type.String(), words: Type.String() })),
            tiles: Type.Record(
              Type.String(),
              Type.String({ description: 'What happens at the tile, in words' }),
            ),
            faults: Type.Array(Type.Object({ field: Type.String(), fault: Type.String() }), {
              description: 'What is wrong; empty unless faults=told is asked for',
            }),
            impact: nullable(impactAnswer),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const journey = await findJourney(db, project.id, request.params.id);
      const isDraft = request.query.version === undefined && journey.draft !== null;
      const given = isDraft ? journey.draft : await publishedDocument(db, journey, request.query.version);
      try {
        const read = await readServedDocument(context, project, given);
        const impact = isDraft ? await impactOfDraft(context, project, journey) : null;
        return { ...wordsOf(read), faults: [], impact };
      } catch (error) {
        if (request.query.faults !== 'told' || !(error instanceof ApiError)) throw error;
        const { faults, words } = (error.params ?? {}) as { faults?: Fault[]; words?: DocumentWords };
        if (!faults) throw error;
        return { ...(words ?? { entry: null, exits: [], tiles: {} }), faults, impact: null };
      }
    },
  );
  api.post(
    '/api/journeys/:id/publish',
    {
      schema: {
        tags,
        summary: 'Publish the draft: people go by it from now on',
        params,
        body: Type.Optional(
          Type.Union([
            Type.Object({
              moves: Type.Optional(
                Type.Record(Type.String(), Type.String(), {
                  description: 'Where those go who are at a tile that is gone: the id of a tile, or end',
                }),
              ),
              recompute: Type.Optional(
                Type.Array(Type.String(), {
                  description:
                    'Waits at which those who are there wait as the tile says now, from their arrival on',
                }),
              ),
              basedOn: Type.Optional(
                Type.Integer({
                  description:
                    'updatedAt of the journey that was looked at: where it has changed since, by whomever, nothing is published (409)',
                }),
              ),
            }),
            Type.Null(),
          ]),
        ),
        response: { 200: journeyAnswer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const { moves = {}, recompute = [], basedOn } = request.body ?? {};
      const choices = { moves, recompute };
      const publishing = { project, journeyId: request.params.id, by, choices, basedOn };
      return asAnswer(await publishDraft(context, publishing));
    },
  );
  for (const verb of verbs)
    api.post(
      `/api/journeys/:id/${verb}`,
      { schema: { tags, summary: summaries[verb], params, response: { 200: journeyAnswer } } },
      async (request) => {
        const { project, name: by } = request.caller;
        const { id } = request.params as { id: number };
        return asAnswer(await changeJourney(context, { projectId: project.id, journeyId: id, by }, verb));
      },
    );
  api.delete(
    '/api/journeys/:id',
    {
      schema: {
        tags,
        summary: 'Delete a journey that was never published; others are archived',
        params,
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
  api.get(
    '/api/journeys/:id/versions',
    {
      schema: {
        tags,
        summary: 'All versions that were published, the newest first',
        params,
        response: {
          200: Type.Object({
            versions: Type.Array(
              Type.Object({
                ...{ version: Type.Integer(), document: Type.Unknown(), choices: Type.Unknown() },
                ...{ publishedBy: Type.String(), publishedAt: Type.Integer() },
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { id } = await findJourney(db, request.caller.project.id, request.params.id);
      const versions = await versionsOf(db, id);
      return {
        versions: versions.map(({ journeyId: _, publishedAt, ...version }) => ({
          ...version,
          publishedAt: publishedAt.getTime(),
        })),
      };
    },
  );
  api.get(
    '/api/journeys/:id/counts',
    {
      schema: {
        tags,
        summary: 'How many came to each tile, are there, went on by each way, and left there',
        description:
          'For each tile: arrived = inside + all ways + all that left. Of the whole: entered = inside + finished + all that left.',
        params,
        response: {
          200: Type.Object({
            entered: Type.Integer(),
            inside: Type.Integer(),
            finished: Type.Integer({ description: 'Came to an end of it' }),
            left: Type.Record(Type.String(), Type.Integer(), { description: 'All others, by reason' }),
            due: nullable(
              Type.Integer({
                description: 'Of a held journey: how many would go on at once, were it resumed now',
              }),
            ),
            campaigns: Type.Record(Type.String(), Type.Integer(), {
              description: 'The campaigns by which its tiles send or have sent',
            }),
            tiles: Type.Record(
              Type.String(),
              Type.Object({
                arrived: Type.Integer(),
                inside: Type.Integer(),
                ways: Type.Record(Type.String(), Type.Integer()),
                left: Type.Record(Type.String(), Type.Integer(), {
                  description: 'By reason, those who came to an end not among them',
                }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { id, state } = await findJourney(db, request.caller.project.id, request.params.id);
      const [counts, campaigns, due] = await Promise.all([
        countsOf(db, id),
        campaignsOfJourney(db, id),
        state === 'paused' ? dueNow(db, id, clock.now()) : null,
      ]);
      const campaignOf = Object.fromEntries(campaigns);
      return { ...totalsOf(counts), due, campaigns: campaignOf, tiles: countsByTile(counts) };
    },
  );
};

const summaries = {
  open: 'Let people enter again',
  close: 'Let nobody enter; those inside move on',
  pause: 'Hold a journey: nobody enters or moves, and nothing of it leaves',
  resume: 'Let those inside of a held journey move on, and people enter',
  stop: 'Let all go who are inside; nothing of it leaves',
  archive: 'Put a stopped journey away; its numbers stay',
} as const;

/** The document of a version, of the newest where none is named. @throws ApiError NotFound. */
async function publishedDocument(
  db: Database,
  { id, version: newest }: Journey,
  version = newest ?? 0,
): Promise<unknown> {
  const [found] = await findVersions(db, [{ journeyId: id, version }]);
  if (found) return found.document;
  throw new ApiError(
    'NotFound',
    `Journey ${id} has no version ${version}; GET /api/journeys/${id}/versions lists them`,
    {
      field: 'version',
      value: version,
    },
  );
}

function requireObject(given: unknown): object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new ApiError('BadParams', 'document must be an object', { field: 'document' });
}
