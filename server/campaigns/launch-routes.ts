import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { idempotencyHeader, idempotencyKey, storedKeyOf } from '../http/idempotency.ts';
import { instantInput, rowId, success, successAnswer } from '../http/schemas.ts';
import { readInstant } from '../users/instant.ts';
import { scheduleWithin, sendCampaign, triggerCampaign } from './launch.ts';

const params = Type.Object({ id: rowId });
const again = Type.Boolean({
  description: 'true: everybody on the lists of a blast that has been sent gets it once more',
});

/** Sends, schedules and triggers campaigns. */
export const campaignLaunchRoutes: Routes = async (api, context) => {
  api.post(
    '/api/campaigns/:id/send',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Send a blast now, also one that is scheduled for later',
        description:
          'What its template says now is what goes out, whatever becomes of the template. A blast that has been sent is sent again to everybody with again: true only; a call repeated with the same Idempotency-Key is answered as the first one was.',
        params,
        headers: idempotencyHeader,
        body: Type.Optional(
          Type.Union([
            Type.Object({
              again: Type.Optional(again),
              idempotencyKey: Type.Optional(idempotencyKey),
            }),
            Type.Null(),
          ]),
        ),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const campaignId = request.params.id;
      const requestId = await sendCampaign(context, {
        projectId: request.caller.project.id,
        campaignId,
        by: request.caller.name,
        idempotencyKey: storedKeyOf(request, request.body?.idempotencyKey),
        again: request.body?.again ?? false,
      });
      return success(`Campaign ${campaignId} is being sent`, { campaignId, requestId });
    },
  );

  api.post(
    '/api/campaigns/:id/schedule',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Schedule a blast, or move a scheduled one',
        description:
          'With recipientTimeZone (or inUserZone) each person gets it at that time of their own place: what the clock of startTimeZone shows at sendAt.',
        params,
        headers: idempotencyHeader,
        body: Type.Object({
          sendAt: instantInput,
          recipientTimeZone: Type.Optional(
            Type.Object({
              defaultTimeZone: Type.String(),
              startTimeZone: Type.Optional(
                Type.String({
                  description:
                    'Whose clock sendAt is read by, and where it starts: east of it people get it at the same moment. Unless told, the project’s, and everybody at their own hour',
                }),
              ),
            }),
          ),
          inUserZone: Type.Optional(Type.Boolean()),
          again: Type.Optional(again),
          idempotencyKey: Type.Optional(idempotencyKey),
        }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { sendAt, recipientTimeZone, inUserZone, again = false } = request.body;
      const campaignId = request.params.id;
      const key = storedKeyOf(request, request.body.idempotencyKey);
      const call = {
        ...{ projectId: project.id, campaignId, by: request.caller.name },
        ...{ idempotencyKey: key, projectZone: project.timeZone, again },
      };
      const schedule = {
        sendAt: readInstant('sendAt', sendAt),
        inUserZone: inUserZone ?? recipientTimeZone !== undefined,
        ...recipientTimeZone,
      };
      const requestId = await context.db
        .transaction()
        .execute((transaction) => scheduleWithin(transaction, call, schedule, context.clock.now()));
      return success(`Campaign ${campaignId} is scheduled`, { campaignId, requestId });
    },
  );

  api.post(
    '/api/campaigns/trigger',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Send an active triggered campaign to lists and segments',
        headers: idempotencyHeader,
        body: Type.Object({
          campaignId: rowId,
          listIds: Type.Optional(Type.Array(rowId)),
          segmentIds: Type.Optional(Type.Array(rowId)),
          suppressionListIds: Type.Optional(Type.Array(rowId)),
          suppressionSegmentIds: Type.Optional(Type.Array(rowId)),
          dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          allowRepeatMarketingSends: Type.Optional(Type.Boolean()),
          idempotencyKey: Type.Optional(idempotencyKey),
        }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { campaignId, dataFields = {}, ...rest } = request.body;
      const { listIds = [], segmentIds = [], suppressionListIds = [], suppressionSegmentIds = [] } = rest;
      if (listIds.length + segmentIds.length === 0)
        throw new ApiError('BadParams', 'listIds: name at least one list, or a segment in segmentIds', {
          field: 'listIds',
        });
      const requestId = await triggerCampaign(
        context,
        {
          projectId: request.caller.project.id,
          campaignId,
          by: request.caller.name,
          idempotencyKey: storedKeyOf(request, rest.idempotencyKey),
        },
        {
          ...{ listIds, segmentIds, suppressionListIds, suppressionSegmentIds, dataFields },
          allowRepeats: rest.allowRepeatMarketingSends ?? true,
        },
      );
      return success(`Campaign ${campaignId} is being sent`, { campaignId, requestId });
    },
  );
};
