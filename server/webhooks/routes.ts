import { randomBytes } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { targetText } from '../consent/standing.ts';
import { mediaOfTargets } from '../consent/targets.ts';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import {
  customHeaders,
  headersAsked,
  isHeaderValue,
  iterableHeaders,
  sealHeaders,
  showHeaders,
  shownHeaders,
} from '../http/custom-headers.ts';
import { ApiError } from '../http/errors.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import { placeOfUrl } from '../outbound/place.ts';
import { webhookEventNames } from './event-names.ts';
import {
  deleteWebhook,
  dropEventsOf,
  insertWebhook,
  listWebhooks,
  lockWebhook,
  updateWebhook,
  type Webhook,
} from './webhooks.sql.ts';

/** What goes before the token in the header Authorization. */
const authType = Type.Union([
  Type.Literal('NoAuth'),
  Type.Literal('Basic'),
  Type.Literal('OAuth2'),
  Type.Literal('Bearer'),
]);

const settings = {
  endpoint: Type.Optional(Type.String()),
  enabled: Type.Optional(Type.Boolean()),
  blastSendEnabled: Type.Optional(Type.Boolean()),
  triggeredSendEnabled: Type.Optional(Type.Boolean()),
  authType: Type.Optional(authType),
  authToken: Type.Optional(Type.String({ maxLength: 4000 })),
  customHeaders: Type.Optional(customHeaders),
  headers: Type.Optional(iterableHeaders),
  childEvents: Type.Optional(Type.Array(Type.String())),
  channelIds: Type.Optional(Type.Array(rowId)),
  messageTypeIds: Type.Optional(Type.Array(rowId)),
};
const settingsObject = Type.Object(settings);

const webhookAnswer = Type.Object({
  id: Type.Integer(),
  endpoint: Type.String(),
  enabled: Type.Boolean(),
  blastSendEnabled: Type.Boolean(),
  triggeredSendEnabled: Type.Boolean(),
  authType,
  authTokenSet: Type.Boolean(),
  customHeaders: shownHeaders,
  childEvents: Type.Array(Type.String()),
  channelIds: Type.Array(Type.Integer()),
  messageTypeIds: Type.Array(Type.Integer()),
});

/** Webhooks of the project: Iterable's calls to list and change them, ours to make and delete them. */
export const webhookRoutes: Routes = (api, context) => {
  api.get(
    '/api/webhooks',
    {
      schema: {
        tags: ['Webhooks'],
        summary: 'Webhooks of the project',
        response: { 200: Type.Object({ webhooks: Type.Array(webhookAnswer) }) },
      },
    },
    async (request) => {
      const rows = await listWebhooks(context.db, request.caller.project.id);
      return { webhooks: rows.map(webhookAsAnswer) };
    },
  );

  api.post(
    '/api/webhooks',
    {
      schema: {
        tags: ['Webhooks'],
        summary: 'Change a webhook; what is not named stays as it is',
        description:
          'Disabling it drops what waits to be posted to it. Another endpoint must come with the authToken and the headers again, where it has any: stored ones go nowhere but where they were given for.',
        body: Type.Object({
          id: Type.Optional(rowId),
          webhookId: Type.Optional(rowId),
          url: Type.Optional(Type.String()),
          events: Type.Optional(Type.Array(Type.String())),
          active: Type.Optional(Type.Boolean()),
          ...settings,
        }),
        response: { 200: webhookAnswer },
      },
    },
    async (request) => {
      const { id, webhookId, url, events, active, ...named } = request.body;
      const target = id ?? webhookId;
      if (target === undefined) throw new ApiError('BadParams', 'id: which webhook is to be changed?');
      const row = await changeWebhook(context, request.caller.project.id, target, {
        ...named,
        endpoint: named.endpoint ?? url,
        childEvents: named.childEvents ?? events,
        enabled: named.enabled ?? active,
      });
      if (row.enabled) await context.listenersRenewed();
      return webhookAsAnswer(row);
    },
  );

  api.post(
    '/api/webhooks/create',
    {
      schema: {
        tags: ['Webhooks'],
        summary: 'Make a webhook; the answer is the only place that ever shows its signing secret',
        description:
          'Each post carries X-Carillon-Signature: sha256= and the HMAC-SHA-256 of the raw body under that secret.',
        body: Type.Object({ ...settings, endpoint: Type.String() }),
        response: { 200: Type.Object({ ...webhookAnswer.properties, secret: Type.String() }) },
      },
    },
    async (request) => {
      const secret = randomBytes(32).toString('hex');
      const { endpoint } = request.body;
      await requireOutbound(context, endpoint);
      await requireTargets(context.db, request.caller.project.id, request.body);
      const row = await insertWebhook(context.db, {
        ...columnsOf(context, { enabled: true, ...request.body }),
        endpoint,
        project_id: request.caller.project.id,
        signing_secret: context.secrets.seal(secret),
        updated_at: context.clock.now(),
      });
      if (row.enabled) await context.listenersRenewed();
      return { ...webhookAsAnswer(row), secret };
    },
  );

  api.delete(
    '/api/webhooks/:id',
    {
      schema: {
        tags: ['Webhooks'],
        summary: 'Delete a webhook and what waits to be posted to it',
        params: Type.Object({ id: rowId }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { id } = request.params;
      if (!(await deleteWebhook(context.db, request.caller.project.id, id))) throw noWebhook(id);
      return success(`Webhook ${id} is deleted`, { webhookId: id });
    },
  );
};

async function changeWebhook(
  context: Context,
  projectId: number,
  id: number,
  asked: Static<typeof settingsObject>,
): Promise<Webhook> {
  if (asked.endpoint !== undefined) await requireOutbound(context, asked.endpoint);
  return context.db.transaction().execute(async (transaction) => {
    await requireTargets(transaction, projectId, asked);
    const stored = await lockWebhook(transaction, projectId, id);
    if (!stored) throw noWebhook(id);
    requireSecretsAgain(stored, asked);
    const row = await updateWebhook(transaction, stored, {
      ...columnsOf(context, asked),
      updated_at: context.clock.now(),
    });
    if (asked.enabled === false) await dropEventsOf(transaction, stored);
    return row;
  });
}

/**
 * Lets stored secrets go to no other endpoint than the one they were given for. The signing secret stays: it is never
 * sent. Any other address counts, since a path, too, may tell whose it is.
 * @throws ApiError BadParams that names what is asked for again.
 */
function requireSecretsAgain(stored: Webhook, asked: Static<typeof settingsObject>): void {
  const { endpoint, authType: type, authToken } = asked;
  if (endpoint === undefined || URL.parse(endpoint)?.href === URL.parse(stored.endpoint)?.href) return;
  const fields = [
    ...(stored.auth_secret && authToken === undefined && type !== 'NoAuth' ? ['authToken'] : []),
    ...(showHeaders(stored.custom_headers).length > 0 && !headersAsked(asked) ? ['customHeaders'] : []),
  ];
  if (fields.length === 0) return;
  throw new ApiError(
    'BadParams',
    `endpoint becomes ${JSON.stringify(endpoint)}, so that the stored secrets would go to another place; ` +
      `give ${fields.join(' and ')} again with it, or leave them behind by authType NoAuth and customHeaders []`,
    { field: 'endpoint', secrets: fields },
  );
}

/** What is undefined is left alone by Kysely. Throws `BadParams` for an address or event that cannot be. */
function columnsOf(context: Context, asked: Static<typeof settingsObject>) {
  const headers = headersAsked(asked);
  const known: readonly string[] = webhookEventNames;
  const unknown = asked.childEvents?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length)
    throw new ApiError(
      'BadParams',
      `childEvents: no event is called ${unknown.join(', ')}; there are ${webhookEventNames.join(', ')}`,
      { unknown },
    );
  if (!isHeaderValue(asked.authToken ?? ''))
    throw new ApiError('BadParams', 'authToken: it must be one line of Latin-1; take out what is not', {
      field: 'authToken',
    });
  return {
    endpoint: asked.endpoint,
    enabled: asked.enabled,
    blast_enabled: asked.blastSendEnabled,
    triggered_enabled: asked.triggeredSendEnabled,
    auth_type: asked.authType,
    auth_secret: sealedToken(context, asked),
    custom_headers: headers && sealHeaders(context.secrets, headers),
    child_events: asked.childEvents,
    channel_ids: asked.channelIds,
    message_type_ids: asked.messageTypeIds,
  };
}

/** The token for storage; null where none is to be kept, so that none waits for an endpoint that is given later. */
function sealedToken(context: Context, { authType: type, authToken }: Static<typeof settingsObject>) {
  if (type === 'NoAuth') return null;
  return authToken === undefined ? undefined : context.secrets.seal(authToken);
}

/** Throws `NotFound` naming the channels and message types that are none of the project's. */
async function requireTargets(
  db: Database,
  projectId: number,
  { channelIds = [], messageTypeIds = [] }: Static<typeof settingsObject>,
): Promise<void> {
  const known = await mediaOfTargets(db, projectId);
  for (const [field, kind, ids] of [
    ['channelIds', 'channel', channelIds],
    ['messageTypeIds', 'messageType', messageTypeIds],
  ] as const) {
    const missing = ids.filter((id) => !known.has(targetText(kind, id)));
    if (missing.length > 0)
      throw new ApiError('NotFound', `${field}: no ${kind} ${missing.join(', ')} in this project`, {
        missing,
      });
  }
}

/** @throws ApiError BadParams for an endpoint that no post may go to. */
async function requireOutbound({ outbound }: Context, endpoint: string): Promise<void> {
  const place = placeOfUrl(endpoint);
  const fault = 'fault' in place ? place.fault : await outbound.check(place);
  if (fault !== null)
    throw new ApiError('BadParams', `endpoint ${JSON.stringify(endpoint)} ${fault}`, { field: 'endpoint' });
}

function noWebhook(id: number): ApiError {
  return new ApiError('NotFound', `No webhook ${id} in this project`, { webhookId: id });
}

function webhookAsAnswer(row: Webhook): Static<typeof webhookAnswer> {
  return {
    id: row.id,
    endpoint: row.endpoint,
    enabled: row.enabled,
    blastSendEnabled: row.blast_enabled,
    triggeredSendEnabled: row.triggered_enabled,
    authType: row.auth_type,
    authTokenSet: row.auth_secret !== null,
    customHeaders: showHeaders(row.custom_headers),
    childEvents: row.child_events,
    channelIds: row.channel_ids,
    messageTypeIds: row.message_type_ids,
  };
}
