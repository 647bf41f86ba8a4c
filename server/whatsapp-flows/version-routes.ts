import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { flowFaults, isVast } from './check-flow.ts';
import { answerFieldSchema, flowAnswer, headView, versionHead } from './flow-answer-schema.ts';
import { answerFields } from './flow-answers.ts';
import { flowParams, flowTags, shownFlow } from './flow-routes.ts';
import { listVersions, requireFlow } from './flows.sql.ts';
import { saveVersion } from './manage-flow.ts';

const json = Type.Record(Type.String(), Type.Unknown(), { description: 'Meta’s Flow JSON' });

/** What a flow's JSON was, is and may become. */
export const flowVersionRoutes: Routes = (api, context) => {
  api.post(
    '/api/whatsApp/flows/check',
    {
      schema: {
        tags: flowTags,
        summary: 'What is wrong with a flow’s JSON, and what its answers would hold',
        body: Type.Object({ json }),
        response: {
          200: Type.Object({
            faults: Type.Array(
              Type.Object({
                path: Type.String({ description: 'Where in the JSON: screens[0].layout.children[2].label' }),
                fault: Type.String(),
                remedy: Type.String(),
              }),
            ),
            fields: Type.Array(answerFieldSchema),
          }),
        },
      },
    },
    ({ body: { json: given } }) => ({
      faults: flowFaults(given),
      fields: isVast(given) ? [] : answerFields(given),
    }),
  );
  api.post(
    '/api/whatsApp/flows/:id/versions',
    {
      schema: {
        tags: flowTags,
        summary: 'Save the JSON of a draft as another version, and give it to Meta',
        params: flowParams,
        body: Type.Object({
          json,
          after: Type.Integer({ minimum: 0, description: 'The version that it was written from' }),
        }),
        response: { 200: flowAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const flow = await requireFlow(context.db, caller.project.id, params.id);
      await saveVersion(context, flow, { ...body, by: caller.name });
      return shownFlow(context, flow);
    },
  );
  api.get(
    '/api/whatsApp/flows/:id/versions/:number',
    {
      schema: {
        tags: flowTags,
        summary: 'What a flow’s JSON was in a version',
        params: Type.Object({
          ...flowParams.properties,
          number: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
        }),
        response: { 200: Type.Object({ ...versionHead.properties, json }) },
      },
    },
    async ({ caller, params }) => {
      const flow = await requireFlow(context.db, caller.project.id, params.id);
      const version = (await listVersions(context.db, flow.id)).find(
        ({ number }) => number === params.number,
      );
      if (!version)
        throw new ApiError('NotFound', `The flow ${flow.id} has no version ${params.number}`, {
          field: 'number',
        });
      return { ...headView(version), json: { ...parseRecord(version.json) } };
    },
  );
};
