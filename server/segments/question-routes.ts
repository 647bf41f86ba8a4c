import { Type } from 'typebox';
import { listChannels } from '../consent/channels.sql.ts';
import type { Routes } from '../http/api.ts';
import { rowId } from '../http/schemas.ts';
import { namedUser } from '../users/named-user.ts';
import { userCard, userCardSchema } from '../users/user-answer.ts';
import { type NamedDefinition, readGiven, remarkGround, sentenceOf } from './ground.ts';
import { listOfSegment } from './list-of-segment.ts';
import { membersPage } from './members.ts';
import { openCounts } from './preview.ts';
import { conditionsOf, conditionsWithin } from './read-definition.ts';
import { definitionAnswer, plainJson, remarkAnswer, remarksOf } from './segment-answer.ts';
import { definitionInput, requireNamed } from './segment-routes.ts';
import { whyOf } from './why.sql.ts';

const tags = ['Segments'];
const params = Type.Object({ id: rowId });
const countBetween = Type.Object(
  { from: Type.Integer(), to: Type.Integer(), surety: Type.Number() },
  { description: 'Where the true number lies, in this share of all cases' },
);
const condition = { place: Type.String({ description: 'definition.all.0.event' }), sentence: Type.String() };

/** What is asked of segments: how many, who, why, and a list of them. */
export const questionRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  const counts = openCounts(context);

  /** Conditions, each with its sentence. */
  const told = (conditions: ReturnType<typeof conditionsOf>, { names }: NamedDefinition) =>
    conditions.map(({ place, condition: read }) => ({ place, sentence: read.sentence(names) }));

  api.post(
    '/api/segments/preview',
    {
      schema: {
        tags,
        summary:
          'How many people a definition comes to, in all and condition by condition, and how many of them may be written to',
        description:
          'Nothing is written. Of many people the first answer is projected from lanes that stand for all, with an interval; asked again, it comes of more, until isCounted says that it comes of all.',
        body: Type.Object({ definition: definitionInput }),
        response: {
          200: Type.Object({
            definition: definitionAnswer,
            sentence: Type.String(),
            remarks: remarkAnswer,
            count: Type.Integer(),
            countBetween,
            isCounted: Type.Boolean({ description: 'Everybody was looked at: all figures are exact' }),
            judged: Type.Integer({ description: 'So many people were looked at; ask again for more' }),
            people: Type.Integer({ description: 'All people of the project' }),
            askedMs: Type.Integer({
              description:
                'How long it takes to ask it of everybody, in ms, as it took so far: what a send asks',
            }),
            conditions: Type.Array(
              Type.Object({
                ...condition,
                count: Type.Integer({ description: 'Of whom it holds, taken alone' }),
                countBetween,
              }),
            ),
            reach: Type.Array(
              Type.Object({
                channelId: Type.Integer(),
                name: Type.String(),
                medium: Type.String(),
                reachable: Type.Integer({ description: 'May be written to' }),
                others: Type.Record(Type.String(), Type.Integer(), {
                  description:
                    'Why the others may not: noAddress, unreachable, optedOut, paused, pending, noOptIn',
                }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const named = await readGiven(context, project, request.body.definition);
      const { each, reach, ...figures } = await counts(project.id, named.definition);
      const channels = await listChannels(db, project.id);
      return {
        definition: plainJson(named.definition.stored),
        sentence: sentenceOf(named),
        remarks: remarksOf(named, await remarkGround(db, project.id)),
        ...figures,
        conditions: told(conditionsOf(named.definition.tree), named).map((one, index) => ({
          ...one,
          ...(each[index] ?? { count: 0, countBetween: { from: 0, to: 0, surety: 1 } }),
        })),
        reach: channels.map(({ id, name, medium }) => {
          const { reachable = 0, ...others } = reach.find(({ channelId }) => channelId === id)?.people ?? {};
          return { channelId: id, name, medium, reachable, others };
        }),
      };
    },
  );
  api.get(
    '/api/segments/:id/members',
    {
      schema: {
        tags,
        summary: 'The people of a segment, as of now, a page at a time',
        params,
        querystring: Type.Object({
          after: Type.Optional(Type.String({ description: 'The nextAfter of the page before' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: '100 unless told' })),
        }),
        response: {
          200: Type.Object({ members: Type.Array(userCardSchema), nextAfter: Type.Optional(Type.String()) }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { after = null, limit = 100 } = request.query;
      const { definition } = await requireNamed(context, project, request.params.id);
      const { members, next } = await membersPage(db, project.id, definition, {
        after,
        limit,
        now: clock.now(),
      });
      return { members: members.map(userCard), ...(next !== null && { nextAfter: next }) };
    },
  );
  api.get(
    '/api/segments/:id/why',
    {
      schema: {
        tags,
        summary: 'Why somebody is of a segment, or not: each condition with what it looked at',
        description:
          'A condition that names a segment is followed by those of that segment, by places within its own.',
        params,
        querystring: Type.Object({
          email: Type.Optional(Type.String()),
          userId: Type.Optional(Type.String()),
          phone: Type.Optional(Type.String()),
          whatsAppUserId: Type.Optional(Type.String()),
        }),
        response: {
          200: Type.Object({
            isMember: Type.Boolean(),
            sentence: Type.String(),
            conditions: Type.Array(
              Type.Object({ ...condition, holds: Type.Boolean(), value: Type.Unknown() }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const named = await requireNamed(context, project, request.params.id);
      const user = await namedUser(db, project, request.query);
      const why = await whyOf(db, named.definition, { projectId: project.id, user, now: clock.now() });
      return {
        isMember: why.isMember,
        sentence: sentenceOf(named),
        conditions: told(conditionsWithin(named.definition.tree), named).map((one, index) => ({
          ...one,
          holds: why.conditions[index]?.holds ?? false,
          value: why.conditions[index]?.value ?? null,
        })),
      };
    },
  );
  api.post(
    '/api/segments/:id/list',
    {
      schema: {
        tags,
        summary: 'Make a list of those who are of a segment now; it stays as it is',
        params,
        body: Type.Object({
          name: Type.String({ minLength: 1 }),
          description: Type.Optional(Type.String()),
        }),
        response: { 200: Type.Object({ listId: Type.Integer(), size: Type.Integer() }) },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { name, description = null } = request.body;
      const { definition } = await requireNamed(context, project, request.params.id);
      return listOfSegment(context, project.id, definition, { name, description });
    },
  );
};
