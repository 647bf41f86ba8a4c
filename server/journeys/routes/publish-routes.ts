import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError, type Fault } from '../../http/errors.ts';
import { nullable } from '../../http/schemas.ts';
import { findJourney, findVersions, type Journey, versionsOf } from '../journeys.sql.ts';
import { impactAnswer } from '../publish/impact.ts';
import { impactOfDraft, publishDraft, publishedOf } from '../publish/publish.ts';
import { requireServed, seeServedDocument } from '../publish/require-served.ts';
import { warningAnswer } from '../publish/warnings.ts';
import { journeyAnswer, journeyAsAnswer, journeyInPath } from './journey-answer.ts';

const tags = ['Journeys'];

type Project = Parameters<typeof seeServedDocument>[1];
type Seen = Omit<Awaited<ReturnType<typeof seeServedDocument>>, 'code'>;

/** What a draft says and would change, publishing it, and what was published. */
export const publishRoutes: Routes = (api, context) => {
  const { db } = context;

  /** What is seen of a document; what cannot even be stored is told like any fault, where faults are told. */
  async function seen(journey: Journey, given: unknown, project: Project, isTold: boolean): Promise<Seen> {
    try {
      const publishing = { now: context.clock.now(), published: await publishedOf(db, journey) };
      const found = await seeServedDocument(context, project, given, { publishing });
      return isTold ? found : { ...found, document: requireServed(found) };
    } catch (error) {
      const faults = error instanceof ApiError && (error.params?.faults as Fault[] | undefined);
      if (!isTold || !faults) throw error;
      return {
        ...{ document: null, faults, warnings: [] },
        words: { entry: null, exits: [], goal: null, tiles: {} },
      };
    }
  }

  api.post(
    '/api/journeys/:id/check',
    {
      schema: {
        tags,
        summary:
          'What the draft says in words and would do to those inside; 400 with all that is wrong in it',
        description:
          'A refusal tells the first eight faults, in `params.moreFaults` how many more there are, and in `params.words` what entry, exits, goal and tiles say that can be read.',
        params: journeyInPath,
        body: Type.Optional(
          Type.Union([
            Type.Object({
              document: Type.Optional(
                Type.Unknown({ description: 'A document in place of the draft, which stays as it is' }),
              ),
            }),
            Type.Null(),
          ]),
        ),
        querystring: Type.Object({
          faults: Type.Optional(
            Type.Literal('told', {
              description:
                'A draft in which something is wrong is no error: it is answered with all its faults, for whoever shows them as somebody draws',
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
            goal: nullable(Type.String()),
            tiles: Type.Record(
              Type.String(),
              Type.String({ description: 'What happens at the tile, in words' }),
            ),
            faults: Type.Array(Type.Object({ field: Type.String(), fault: Type.String() }), {
              description: 'What is wrong; empty unless faults=told is asked for',
            }),
            warnings: Type.Array(warningAnswer, {
              description:
                'What keeps nobody from publishing it: templates that Meta has not approved, times that are over',
            }),
            impact: nullable(impactAnswer),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const journey = await findJourney(db, project.id, request.params.id);
      const { version } = request.query;
      const own = request.body?.document;
      if (own !== undefined && version !== undefined)
        throw new ApiError('BadParams', 'version: give it or a document, not both', { field: 'version' });
      const isDraft = own === undefined && version === undefined && journey.draft !== null;
      const given = own ?? (isDraft ? journey.draft : await publishedDocument(db, journey, version));
      const isTold = request.query.faults === 'told';
      const { document, faults, words, warnings } = await seen(journey, given, project, isTold);
      const impact = isDraft && document ? await impactOfDraft(context, project, journey) : null;
      return { ...words, faults: [...faults], warnings: [...warnings], impact };
    },
  );
  api.post(
    '/api/journeys/:id/publish',
    {
      schema: {
        tags,
        summary: 'Publish the draft: people go by it from now on',
        params: journeyInPath,
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
        response: {
          200: Type.Object({
            ...journeyAnswer.properties,
            warnings: Type.Array(warningAnswer, {
              description:
                'What its publisher is to know: templates that Meta has not approved, times that are over',
            }),
          }),
        },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const { moves = {}, recompute = [], basedOn } = request.body ?? {};
      const choices = { moves, recompute };
      const publishing = { project, journeyId: request.params.id, by, choices, basedOn };
      const { journey, warnings } = await publishDraft(context, publishing);
      return { ...journeyAsAnswer(journey), warnings: [...warnings] };
    },
  );
  api.get(
    '/api/journeys/:id/versions',
    {
      schema: {
        tags,
        summary: 'All versions that were published, the newest first',
        params: journeyInPath,
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
};

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
