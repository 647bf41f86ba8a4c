import { type Static, Type } from 'typebox';
import { readOptions } from '../delivery/admission/send-options.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { idempotencyHeader, idempotencyKey, storedKeyOf } from '../http/idempotency.ts';
import { instantInput, rowId } from '../http/schemas.ts';
import { readInstant } from '../users/instant.ts';
import { findCampaign } from './campaign.ts';
import { insertCampaign } from './creation.ts';
import { type Schedule, scheduleWithin, sendWithin, withoutSchedule, withSchedule } from './launch.ts';
import { requireZone } from './send-time.ts';
import { campaignFields, withChanges } from './settings.ts';

const newCampaign = Type.Object({
  ...campaignFields,
  name: Type.String({ minLength: 1 }),
  templateId: rowId,
  sendAt: Type.Optional(instantInput),
  scheduleSend: Type.Optional(
    Type.Boolean({
      description: 'false: make it, send nothing. True unless told, as Iterable has it',
    }),
  ),
  sendMode: Type.Optional(
    Type.Union([Type.Literal('ProjectTimeZone'), Type.Literal('RecipientTimeZone')], {
      description:
        'ProjectTimeZone (unless told): everybody at sendAt. RecipientTimeZone: each person at the time of their own place that the clock of startTimeZone shows at sendAt',
    }),
  ),
  defaultTimeZone: Type.Optional(
    Type.String({ description: 'With RecipientTimeZone: for people whose place is not known' }),
  ),
  startTimeZone: Type.Optional(Type.String({ description: 'With RecipientTimeZone: whose clock is meant' })),
  inUserZone: Type.Optional(Type.Boolean({ description: 'true: the same as sendMode RecipientTimeZone' })),
  dataFields: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'What [[field]] in the template shows in this campaign; cannot be changed later',
    }),
  ),
  idempotencyKey: Type.Optional(idempotencyKey),
});

type Asked = Static<typeof newCampaign>;

const answer = Type.Object({ campaignId: Type.Integer() });

/** Makes campaigns, new ones and copies. */
export const campaignCreationRoutes: Routes = (api, context) => {
  api.post(
    '/api/campaigns/create',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Make a campaign: a blast when listIds or segmentIds are given, else a triggered one',
        description:
          'A blast is sent at once, or scheduled where sendAt is given; with scheduleSend: false it stands Ready, and nothing is sent. A triggered one stands Ready until it is activated.',
        headers: idempotencyHeader,
        body: newCampaign,
        response: { 200: answer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const { idempotencyKey: keyInBody, ...asked } = request.body;
      const schedule = readSchedule(asked, project.timeZone);
      const isBlast = asked.listIds !== undefined || asked.segmentIds !== undefined;
      const isKept = asked.scheduleSend === false;
      const options = {
        ...withChanges(schedule && isKept ? withSchedule({}, schedule, project.timeZone) : {}, asked),
        ...(asked.dataFields && { templateFields: asked.dataFields }),
      };
      const at = context.clock.now();
      const creator = { projectId: project.id, by, key: storedKeyOf(request, keyInBody) };
      const campaign = {
        name: asked.name,
        template_id: asked.templateId,
        list_ids: [...new Set(asked.listIds)],
        suppression_list_ids: [...new Set(asked.suppressionListIds)],
        segment_ids: [...new Set(asked.segmentIds)],
        suppression_segment_ids: [...new Set(asked.suppressionSegmentIds)],
        sender_id: asked.senderId ?? null,
        pool_id: asked.poolId ?? null,
        options,
      };
      const isSentNow = isBlast && !isKept && !schedule;
      const campaignId = await context.db.transaction().execute(async (transaction) => {
        const { id, isRepeated } = await insertCampaign(transaction, creator, campaign, asked, at);
        if (isRepeated || isKept || !isBlast) return id;
        const call = { projectId: project.id, campaignId: id, by, idempotencyKey: null, again: false };
        if (schedule)
          await scheduleWithin(transaction, { ...call, projectZone: project.timeZone }, schedule, at);
        else await sendWithin(transaction, call, at);
        return id;
      });
      if (isSentNow) context.wake();
      return { campaignId };
    },
  );

  api.post(
    '/api/campaigns/:id/clone',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Make another campaign of the same settings; it stands Ready, and nothing is sent',
        params: Type.Object({ id: rowId }),
        headers: idempotencyHeader,
        body: Type.Optional(
          Type.Union([Type.Object({ name: Type.Optional(Type.String({ minLength: 1 })) }), Type.Null()]),
        ),
        response: { 200: answer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const original = await findCampaign(context.db, project.id, request.params.id);
      const { name = `Copy of ${original.name}` } = request.body ?? {};
      // Its time is past or another's.
      const options = withoutSchedule(readOptions(original.options));
      const { template_id, list_ids, suppression_list_ids, sender_id, pool_id } = original;
      const { segment_ids, suppression_segment_ids } = original;
      const copy = {
        ...{ name, template_id, list_ids, suppression_list_ids, segment_ids, suppression_segment_ids },
        ...{ sender_id, pool_id, options },
      };
      const { id } = await context.db
        .transaction()
        .execute((transaction) =>
          insertCampaign(
            transaction,
            { projectId: project.id, by, key: storedKeyOf(request) },
            copy,
            { clone: original.id, name: request.body?.name },
            context.clock.now(),
          ),
        );
      return { campaignId: id };
    },
  );
};

/** When a new campaign is to be sent, null for no stated time. Throws `BadParams` for what does not go together. */
function readSchedule(asked: Omit<Asked, 'idempotencyKey'>, projectZone: string): Schedule | null {
  const { listIds, segmentIds, sendMode, startTimeZone, defaultTimeZone } = asked;
  const refuse = (message: string, field: string) => new ApiError('BadParams', message, { field });
  for (const [field, ids] of Object.entries({ listIds, segmentIds }))
    if (ids?.length === 0 && !(listIds?.length || segmentIds?.length))
      throw refuse(
        `${field} is empty; name the lists or segments of a blast, or leave it out for a triggered campaign`,
        field,
      );
  if (sendMode === 'ProjectTimeZone' && asked.inUserZone)
    throw refuse(
      'inUserZone and sendMode ProjectTimeZone contradict each other; give one of them',
      'sendMode',
    );
  const inUserZone = sendMode === 'RecipientTimeZone' || (asked.inUserZone ?? false);
  const ofTime = [
    ...(inUserZone ? ['sendMode RecipientTimeZone'] : []),
    ...(startTimeZone === undefined ? [] : ['startTimeZone']),
    ...(defaultTimeZone === undefined ? [] : ['defaultTimeZone']),
  ];
  for (const [field, zone] of Object.entries({ startTimeZone, defaultTimeZone })) {
    if (zone === undefined) continue;
    requireZone(zone, field);
    if (!inUserZone)
      throw refuse(
        `${field} says nothing unless each person gets it by their own clock; say sendMode: RecipientTimeZone, or leave it out`,
        field,
      );
  }
  if (asked.sendAt === undefined) {
    if (ofTime[0])
      throw refuse(`${ofTime[0]} needs sendAt, the time that is meant; give it, or leave it out`, 'sendAt');
    return null;
  }
  if (!listIds && !segmentIds)
    throw refuse('sendAt needs listIds or segmentIds: a triggered campaign has no time of its own', 'sendAt');
  return {
    sendAt: readInstant('sendAt', asked.sendAt),
    inUserZone,
    // Iterable starts in startTimeZone; without one the first place on earth where it is that time begins.
    ...(startTimeZone !== undefined && { startTimeZone }),
    ...(inUserZone && { defaultTimeZone: defaultTimeZone ?? startTimeZone ?? projectZone }),
  };
}
