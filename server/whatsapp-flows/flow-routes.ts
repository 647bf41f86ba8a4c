import { Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { flowCategories } from '../providers/flow-management.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { countFlowAnswers } from './answers.sql.ts';
import { flowAccountOf, notDone, requireFlowAccount } from './flow-account.ts';
import { flowAnswer, flowSummary, flowView, summaryView } from './flow-answer-schema.ts';
import {
  type Flow,
  listFlows,
  listNotices,
  listVersions,
  newestVersions,
  requireFlow,
  updateFlow,
} from './flows.sql.ts';
import { createFlow, deprecateFlow, publishFlow, refreshFlow, removeFlow } from './manage-flow.ts';
import { noMapping } from './mapping.ts';
import { flowStarters } from './starters.ts';

/** How the API's document groups the calls of flows. */
export const flowTags = ['WhatsApp flows'];
/** A flow in a path. */
export const flowParams = Type.Object({ id: rowId });

const name = Type.String({ minLength: 1, maxLength: 200, description: 'Its own in the account' });
const categories = Type.Array(Type.Enum([...flowCategories]), {
  minItems: 1,
  maxItems: flowCategories.length,
  uniqueItems: true,
});
const starterKey = Type.Enum(
  flowStarters.map(({ key }) => key),
  { description: 'A flow to begin with, in place of json' },
);

/** Flows of WhatsApp: made, shown, published, ended. */
export const flowRoutes: Routes = (api, context) => {
  listRoutes(api, context);
  noticesRoute(api, context);
  creationRoutes(api, context);
  stateRoutes(api, context);
};

/** A flow with all that is shown of it. */
export async function shownFlow(context: Context, flow: Flow) {
  const [versions, answers] = await Promise.all([
    listVersions(context.db, flow.id),
    countFlowAnswers(context.db, flow.project_id, [flow.id]),
  ]);
  return flowView(flow, versions, answers.get(flow.id) ?? 0, context.publicUrl);
}

function listRoutes(api: Api, context: Context): void {
  api.get(
    '/api/whatsApp/flows',
    {
      schema: {
        tags: flowTags,
        summary: 'The project’s WhatsApp flows',
        querystring: Type.Object({
          providerAccountId: Type.Optional(rowId),
          status: Type.Optional(Type.String({ maxLength: 50, description: 'Meta’s word, as PUBLISHED' })),
        }),
        response: { 200: Type.Object({ flows: Type.Array(flowSummary) }) },
      },
    },
    async ({ caller, query }) => {
      const { providerAccountId: accountId, status } = query;
      const flows = await listFlows(context.db, caller.project.id, { accountId, status });
      const ids = flows.map(({ id }) => id);
      const [versions, answers] = await Promise.all([
        newestVersions(context.db, ids),
        countFlowAnswers(context.db, caller.project.id, ids),
      ]);
      return {
        flows: flows.map((flow) => summaryView(flow, versions.get(flow.id), answers.get(flow.id) ?? 0)),
      };
    },
  );
  api.get(
    '/api/whatsApp/flows/starters',
    {
      schema: {
        tags: flowTags,
        summary: 'Flows to begin with',
        response: {
          200: Type.Object({
            starters: Type.Array(
              Type.Object({
                ...{ key: Type.String(), name: Type.String(), about: Type.String() },
                categories: Type.Array(Type.String()),
                json: Type.Record(Type.String(), Type.Unknown()),
              }),
            ),
          }),
        },
      },
    },
    () => ({
      starters: flowStarters.map(({ key, name, about, categories, json }) => ({
        ...{ key, name, about, categories, json: { ...json } },
      })),
    }),
  );
  api.get(
    '/api/whatsApp/flows/:id',
    {
      schema: {
        tags: flowTags,
        summary: 'A WhatsApp flow',
        params: flowParams,
        response: { 200: flowAnswer },
      },
    },
    async ({ caller, params }) =>
      shownFlow(context, await requireFlow(context.db, caller.project.id, params.id)),
  );
}

function noticesRoute(api: Api, context: Context): void {
  api.get(
    '/api/whatsApp/flows/:id/notices',
    {
      schema: {
        tags: flowTags,
        summary: 'What Meta told of a flow of its own accord, the newest first',
        params: flowParams,
        response: {
          200: Type.Object({
            notices: Type.Array(
              Type.Object({
                event: Type.String({
                  description: 'Meta’s word: FLOW_STATUS_CHANGE, ENDPOINT_ERROR_RATE, …',
                }),
                message: Type.String(),
                isOver: nullable(Type.Boolean({ description: 'Of an alert, whether it has ended' })),
                at: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async ({ caller, params }) => {
      const flow = await requireFlow(context.db, caller.project.id, params.id);
      const notices = await listNotices(context.db, flow.id);
      return { notices: notices.map(({ at, ...notice }) => ({ ...notice, at: at.toISOString() })) };
    },
  );
}

function creationRoutes(api: Api, context: Context): void {
  api.post(
    '/api/whatsApp/flows',
    {
      schema: {
        tags: flowTags,
        summary: 'Make a WhatsApp flow, a draft',
        body: Type.Object({
          name,
          senderId: Type.Integer({ description: 'A WhatsApp sender of the account it is to belong to' }),
          categories: Type.Optional(categories),
          starter: Type.Optional(starterKey),
          json: Type.Optional(
            Type.Record(Type.String(), Type.Unknown(), { description: 'Meta’s Flow JSON' }),
          ),
        }),
        response: { 200: flowAnswer },
      },
    },
    async ({ caller, body }) => {
      const { project, name: by } = caller;
      const starter = flowStarters.find(({ key }) => key === (body.starter ?? 'optIn')) ?? flowStarters[0];
      if (!starter) throw new Error('there is no flow to begin with');
      const account = await flowAccountOf(context, project.id, body.senderId);
      const flow = await createFlow(context, { id: project.id, by }, account, {
        name: body.name,
        categories: body.categories ?? starter.categories,
        json: body.json ?? { ...starter.json },
        mapping: body.json ? noMapping : { ...starter.mapping, consents: [] },
        ...{ exchange: null, forwardSecret: null, clonedFrom: null },
      });
      return shownFlow(context, flow);
    },
  );
  api.post(
    '/api/whatsApp/flows/:id/clone',
    {
      schema: {
        tags: flowTags,
        summary: 'Make a draft of a flow under another name, which is how a published one is changed',
        params: flowParams,
        body: Type.Object({ name }),
        response: { 200: flowAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const { project, name: by } = caller;
      const flow = await requireFlow(context.db, project.id, params.id);
      const newest = (await newestVersions(context.db, [flow.id])).get(flow.id);
      const account = await requireFlowAccount(context, project.id, flow.provider_account_id);
      const clone = await createFlow(context, { id: project.id, by }, account, {
        name: body.name,
        categories: flowCategories.filter((each) => flow.categories.includes(each)),
        json: parseRecord(newest?.json ?? ''),
        ...{ mapping: flow.mapping, exchange: flow.exchange, forwardSecret: flow.forward_secret },
        clonedFrom: flow.id,
      });
      return shownFlow(context, clone);
    },
  );
  api.patch(
    '/api/whatsApp/flows/:id',
    {
      schema: {
        tags: flowTags,
        summary: 'Change the name or the categories of a draft',
        params: flowParams,
        body: Type.Object({ name: Type.Optional(name), categories: Type.Optional(categories) }),
        response: { 200: flowAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const flow = await requireFlow(context.db, caller.project.id, params.id);
      const account = await requireFlowAccount(context, caller.project.id, flow.provider_account_id);
      const { exchanges } = context.providers;
      const done = await account.flows.update(account.account, flow.provider_flow_id, body, exchanges);
      if (done.outcome !== 'done') throw notDone(account, done, 'did not change the flow');
      return shownFlow(context, await updateFlow(context.db, flow.id, body, context.clock.now()));
    },
  );
}

function stateRoutes(api: Api, context: Context): void {
  const deeds = [
    ['publish', 'Publish a draft: it can be sent to people, and is not changed any more', publishFlow],
    ['deprecate', 'End a published flow: nobody can open it any more', deprecateFlow],
    ['refresh', 'Ask Meta where a flow stands, and for its preview', refreshFlow],
  ] as const;
  for (const [deed, summary, act] of deeds)
    api.post(
      `/api/whatsApp/flows/:id/${deed}`,
      { schema: { tags: flowTags, summary, params: flowParams, response: { 200: flowAnswer } } },
      async ({ caller, params }) =>
        shownFlow(context, await act(context, await requireFlow(context.db, caller.project.id, params.id))),
    );
  api.delete(
    '/api/whatsApp/flows/:id',
    {
      schema: {
        tags: flowTags,
        summary: 'Delete a draft, at Meta and here',
        params: flowParams,
        response: { 200: successAnswer },
      },
    },
    async ({ caller, params }) => {
      await removeFlow(context, await requireFlow(context.db, caller.project.id, params.id));
      return success('The draft is deleted');
    },
  );
}
