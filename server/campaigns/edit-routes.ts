import { type Static, Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import { readOptions, type SendOptions } from '../delivery/admission/send-options.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import {
  fingerprintOf,
  idempotencyHeader,
  idempotencyKey,
  keyConflict,
  storedKeyOf,
} from '../http/idempotency.ts';
import { instantInput, nullable, rowId } from '../http/schemas.ts';
import { readInstant } from '../users/instant.ts';
import { lockCampaign, requireState } from './campaign.ts';
import { campaignAnswer, campaignAsAnswer } from './campaign-answer.ts';
import { scheduleWithin, sendWithin } from './launch.ts';
import { findCampaignTemplate, requireFittingSender, requireLists } from './launch-checks.ts';

const ids = Type.Array(rowId);
const delayOrSkip = Type.Union([Type.Literal('delay'), Type.Literal('skip')]);
const fields = Type.Record(Type.String(), Type.Unknown());

const ours = {
  senderId: Type.Optional(rowId),
  poolId: Type.Optional(rowId),
  spreadHours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 168 })),
  quietHours: Type.Optional(delayOrSkip),
  caps: Type.Optional(delayOrSkip),
};

const newCampaign = Type.Object({
  name: Type.String({ minLength: 1 }),
  templateId: rowId,
  listIds: Type.Optional(ids),
  suppressionListIds: Type.Optional(ids),
  campaignDataFields: Type.Optional(fields),
  sendAt: Type.Optional(instantInput),
  scheduleSend: Type.Optional(Type.Boolean()),
  defaultTimeZone: Type.Optional(Type.String()),
  startTimeZone: Type.Optional(Type.String()),
  inUserZone: Type.Optional(Type.Boolean()),
  idempotencyKey: Type.Optional(idempotencyKey),
  ...ours,
});

const changes = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1 })),
  templateId: Type.Optional(rowId),
  listIds: Type.Optional(ids),
  suppressionListIds: Type.Optional(ids),
  campaignDataFields: Type.Optional(fields),
  ...ours,
  senderId: Type.Optional(nullable(rowId)),
  poolId: Type.Optional(nullable(rowId)),
});

/** Makes campaigns and changes those that are not under way. */
export const campaignEditRoutes: Routes = (api, context) => {
  api.post(
    '/api/campaigns/create',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Make a campaign: a blast when listIds are given, else a triggered one',
        description:
          'A blast with sendAt is scheduled; with scheduleSend: true and no sendAt it is sent at once; otherwise it stands Ready. A triggered one stands Ready until it is activated.',
        headers: idempotencyHeader,
        body: newCampaign,
        response: { 200: Type.Object({ campaignId: Type.Integer() }) },
      },
    },
    async (request) => {
      const { project, name: caller } = request.caller;
      const { idempotencyKey: keyInBody, ...asked } = request.body;
      const sendAt = asked.sendAt === undefined ? null : readInstant('sendAt', asked.sendAt);
      if (asked.listIds?.length === 0)
        throw new ApiError(
          'BadParams',
          'listIds is empty; name the lists of a blast, or leave it out for a triggered campaign',
        );
      if (sendAt && !asked.listIds)
        throw new ApiError('BadParams', 'sendAt needs listIds: a triggered campaign has no time of its own');
      const isSentNow = !sendAt && asked.scheduleSend === true && asked.listIds !== undefined;
      const at = context.clock.now();
      const key = storedKeyOf(request, keyInBody);
      const campaignId = await context.db.transaction().execute(async (transaction) => {
        const made = await insertCampaign(transaction, project.id, { caller, key }, asked, at);
        const call = { projectId: project.id, campaignId: made.id, idempotencyKey: null };
        if (made.isRepeated) return made.id;
        if (isSentNow) await sendWithin(transaction, call, at);
        if (sendAt && asked.scheduleSend !== false)
          await scheduleWithin(
            transaction,
            { ...call, projectZone: project.timeZone },
            {
              sendAt,
              inUserZone: asked.inUserZone ?? asked.startTimeZone !== undefined,
              startTimeZone: asked.startTimeZone,
              defaultTimeZone: asked.defaultTimeZone,
            },
            at,
          );
        return made.id;
      });
      if (isSentNow) context.wake();
      return { campaignId };
    },
  );

  api.patch(
    '/api/campaigns/:id',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Change a campaign that is not under way; its name may be changed at any time',
        params: Type.Object({ id: rowId }),
        body: changes,
        response: { 200: campaignAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const at = context.clock.now();
      return context.db
        .transaction()
        .execute((transaction) =>
          changeCampaign(transaction, project.id, request.params.id, request.body, at),
        );
    },
  );
};

type AskedCampaign = Omit<Static<typeof newCampaign>, 'idempotencyKey'>;

/** Stores a campaign; one that was made before with the same key is found instead (`Conflict` when it is another). */
async function insertCampaign(
  transaction: Database,
  projectId: number,
  { caller, key }: { caller: string; key: string | null },
  asked: AskedCampaign,
  at: Date,
): Promise<{ id: number; isRepeated: boolean }> {
  const listIds = [...new Set(asked.listIds)];
  const suppressionListIds = [...new Set(asked.suppressionListIds)];
  const choice = { sender_id: asked.senderId ?? null, pool_id: asked.poolId ?? null };
  const fingerprint = key === null ? null : fingerprintOf(asked);
  const earlier = await findCreated(transaction, projectId, key, fingerprint);
  if (earlier) return earlier;
  const template = await findCampaignTemplate(transaction, projectId, asked.templateId);
  await requireLists(transaction, projectId, listIds, 'listIds');
  await requireLists(transaction, projectId, suppressionListIds, 'suppressionListIds');
  await requireFittingSender(transaction, projectId, template, choice);
  const made = await transaction
    .insertInto('campaign')
    .values({
      project_id: projectId,
      name: asked.name,
      kind: listIds.length ? 'Blast' : 'Triggered',
      medium: template.medium,
      state: 'Ready',
      template_id: asked.templateId,
      list_ids: listIds,
      suppression_list_ids: suppressionListIds,
      ...choice,
      options: JSON.stringify(withChanges({}, asked)),
      creation_key: key,
      creation_fingerprint: fingerprint,
      created_by: caller,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'creation_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return { id: made.id, isRepeated: false };
  // The same call at the same moment was first.
  const first = await findCreated(transaction, projectId, key, fingerprint);
  if (!first) throw new Error('a campaign conflicted with one that is not there');
  return first;
}

async function findCreated(
  db: Database,
  projectId: number,
  key: string | null,
  fingerprint: string | null,
): Promise<{ id: number; isRepeated: true } | null> {
  if (key === null) return null;
  const earlier = await db
    .selectFrom('campaign')
    .select(['id', 'creation_fingerprint'])
    .where('project_id', '=', projectId)
    .where('creation_key', '=', key)
    .executeTakeFirst();
  if (!earlier) return null;
  if (earlier.creation_fingerprint !== fingerprint) throw keyConflict();
  return { id: earlier.id, isRepeated: true };
}

async function changeCampaign(
  transaction: Database,
  projectId: number,
  id: number,
  asked: Static<typeof changes>,
  at: Date,
): Promise<Static<typeof campaignAnswer>> {
  const campaign = await lockCampaign(transaction, projectId, id);
  const { name = campaign.name, ...rest } = asked;
  if (Object.keys(rest).length)
    requireState(campaign, ['Draft', 'Ready', 'Finished', 'Cancelled'], 'changed');
  const next = {
    template_id: rest.templateId ?? campaign.template_id,
    list_ids: rest.listIds ? [...new Set(rest.listIds)] : campaign.list_ids,
    suppression_list_ids: rest.suppressionListIds
      ? [...new Set(rest.suppressionListIds)]
      : campaign.suppression_list_ids,
    sender_id: rest.senderId === undefined ? campaign.sender_id : rest.senderId,
    pool_id: rest.poolId === undefined ? campaign.pool_id : rest.poolId,
  };
  if (campaign.kind === 'Blast' && !next.list_ids.length)
    throw new ApiError('BadParams', 'listIds: a blast needs at least one list');
  if (campaign.kind === 'Triggered' && next.list_ids.length)
    throw new ApiError('BadParams', 'listIds: a triggered campaign gets its lists with each trigger');
  const template = await findCampaignTemplate(transaction, projectId, next.template_id);
  await requireLists(transaction, projectId, next.list_ids, 'listIds');
  await requireLists(transaction, projectId, next.suppression_list_ids, 'suppressionListIds');
  await requireFittingSender(transaction, projectId, template, next);
  const options = withChanges(readOptions(campaign.options), rest);
  const row = await transaction
    .updateTable('campaign')
    .set({ ...next, name, medium: template.medium, options: JSON.stringify(options), updated_at: at })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return campaignAsAnswer(row);
}

/** Only what is asked for replaces what was there. */
function withChanges(
  options: SendOptions,
  asked: Pick<Static<typeof newCampaign>, 'spreadHours' | 'quietHours' | 'caps' | 'campaignDataFields'>,
): SendOptions {
  const { spreadHours, quietHours, caps, campaignDataFields } = asked;
  return {
    ...options,
    ...(spreadHours !== undefined && { spreadHours }),
    ...(quietHours && { quietHours }),
    ...(caps && { caps }),
    ...(campaignDataFields && { dataFields: campaignDataFields }),
  };
}
