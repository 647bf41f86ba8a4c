import { Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError, firstFaults } from '../http/errors.ts';
import { nullable } from '../http/schemas.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { loadUsers } from '../users/find-users.ts';
import { listFlowAnswers, mediumOfType } from './answers.sql.ts';
import { exchangeFaults, exchangePlan } from './exchange-plan.ts';
import { flowAnswer } from './flow-answer-schema.ts';
import { answerFields } from './flow-answers.ts';
import { flowParams, flowTags, shownFlow } from './flow-routes.ts';
import { type Flow, newestVersions, requireFlow, updateFlow } from './flows.sql.ts';
import { flowMapping, mappingFaults } from './mapping.ts';

const usualLimit = 100;

/** What becomes of what people fill in, and what a flow is answered meanwhile. */
export const flowAnswerRoutes: Routes = (api, context) => {
  mappingRoute(api, context);
  exchangeRoute(api, context);
  answersRoute(api, context);
};

function mappingRoute(api: Api, context: Context): void {
  api.put(
    '/api/whatsApp/flows/:id/mapping',
    {
      schema: {
        tags: flowTags,
        summary: 'Say what becomes of answers: fields of the profile, an event, opt-ins',
        params: flowParams,
        body: flowMapping,
        response: { 200: flowAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const flow = await requireFlow(context.db, caller.project.id, params.id);
      refuseFaults(mappingFaults(body, answerFields(await jsonOf(context, flow))));
      for (const [index, { messageTypeId }] of body.consents.entries())
        if ((await mediumOfType(context.db, caller.project.id, messageTypeId)) === null)
          refuseFaults([
            {
              field: `consents.${index}.messageTypeId`,
              fault: `${messageTypeId} is no message type of this project; GET /api/messageTypes lists them`,
            },
          ]);
      return shownFlow(
        context,
        await updateFlow(context.db, flow.id, { mapping: body }, context.clock.now()),
      );
    },
  );
}

function exchangeRoute(api: Api, context: Context): void {
  api.put(
    '/api/whatsApp/flows/:id/exchange',
    {
      schema: {
        tags: flowTags,
        summary: 'Say what a flow is answered while it is filled in',
        params: flowParams,
        body: Type.Object({
          ...exchangePlan.properties,
          forwardSecret: Type.Optional(
            nullable(
              Type.String({
                minLength: 8,
                maxLength: 500,
                description: 'Signs what is forwarded, as webhooks are; it is not shown. Left out: it stays',
              }),
            ),
          ),
        }),
        response: { 200: flowAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const flow = await requireFlow(context.db, caller.project.id, params.id);
      const { forwardSecret, ...exchange } = body;
      refuseFaults(exchangeFaults(exchange, await jsonOf(context, flow)));
      const secret = forwardSecret == null ? null : context.secrets.seal(forwardSecret);
      const change = forwardSecret === undefined ? { exchange } : { exchange, forward_secret: secret };
      return shownFlow(context, await updateFlow(context.db, flow.id, change, context.clock.now()));
    },
  );
}

function answersRoute(api: Api, context: Context): void {
  api.get(
    '/api/whatsApp/flows/:id/answers',
    {
      schema: {
        tags: flowTags,
        summary: 'What people answered, and what became of it; the newest first',
        params: flowParams,
        querystring: Type.Object({
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: '100 unless told' })),
        }),
        response: {
          200: Type.Object({
            answers: Type.Array(
              Type.Object({
                at: Type.String(),
                user: Type.Object({
                  ref: Type.String({ description: 'Names the user in /api/users/{ref}/history' }),
                  email: nullable(Type.String()),
                  userId: nullable(Type.String()),
                  phoneNumber: nullable(Type.String()),
                }),
                response: Type.Record(Type.String(), Type.Unknown()),
                outcome: Type.Array(
                  Type.Object({
                    answer: Type.String({ description: 'Empty of the event, which holds all of them' }),
                    to: Type.String({ description: 'A field, an event, or a message type' }),
                    outcome: Type.String({
                      description: 'kept, tracked, recorded, pending, or why nothing came of it',
                    }),
                  }),
                ),
              }),
            ),
          }),
        },
      },
    },
    async ({ caller, params, query }) => {
      const flow = await requireFlow(context.db, caller.project.id, params.id);
      const answers = await listFlowAnswers(
        context.db,
        caller.project.id,
        flow.id,
        query.limit ?? usualLimit,
      );
      const users = await loadUsers(
        context.db,
        caller.project.id,
        answers.map(({ lane, userId: id }) => ({ lane, id })),
      );
      return {
        answers: answers.map(({ at, lane, userId, response, outcome }) => {
          const user = users.get(userId);
          return {
            at: at.toISOString(),
            user: {
              ref: `id:${lane}.${userId}`,
              ...{ email: user?.email ?? null, userId: user?.userId ?? null },
              phoneNumber: user?.phoneNumber ?? null,
            },
            ...{ response, outcome },
          };
        }),
      };
    },
  );
}

async function jsonOf({ db }: Context, flow: Flow) {
  return parseRecord((await newestVersions(db, [flow.id])).get(flow.id)?.json ?? '');
}

function refuseFaults(faults: { field: string; fault: string }[]): void {
  const [first] = faults;
  if (first) throw new ApiError('BadParams', `${first.field} ${first.fault}`, firstFaults(faults));
}
