import { type Static, Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import {
  customHeaders,
  feedHeaders,
  requireHeaders,
  sealHeaders,
  showHeaders,
  shownHeaders,
} from '../../http/custom-headers.ts';
import { ApiError } from '../../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../../http/schemas.ts';
import { storageFault } from '../../http/storable.ts';
import { placeOfUrl } from '../../outbound/place.ts';
import { templateData } from '../rendering/compile-template.ts';
import {
  type DataFeed,
  deleteFeed,
  type FeedFields,
  findFeed,
  insertFeed,
  listFeeds,
  templatesWithFeed,
  updateFeed,
} from './data-feeds.sql.ts';
import { addressFault, fixedPart } from './feed-address.ts';

const tags = ['Data feeds'];
const params = Type.Object({ id: rowId });
const askedFor = Type.Enum(['everybody', 'person']);

/** What a feed is unless it is told. Iterable waits 10 seconds as well, and keeps answers for an hour. */
const usual = { timeout_ms: 10_000, cache_seconds: 3_600, largest_bytes: 256 * 1024, most_per_second: 100 };

const fields = {
  url: Type.String({
    minLength: 1,
    maxLength: 2_000,
    description:
      'Asked by GET for a JSON object; of a feed that is asked for each person it may hold `{{field}}`',
  }),
  askedFor: Type.Optional(askedFor),
  alias: Type.Optional(
    nullable(
      Type.String({
        pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$',
        description: 'Under which name its fields stand: `[[shop.city]]`; null for none, `[[city]]`',
      }),
    ),
  ),
  headers: Type.Optional(customHeaders),
  timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 10_000 })),
  cacheSeconds: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 86_400, description: 'How long an answer is good; 0 for once' }),
  ),
  largestBytes: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 1_048_576 })),
  mostPerSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  fallback: Type.Optional(
    nullable(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'What stands for an answer that does not come; null: the message is skipped',
      }),
    ),
  ),
};

const feedAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  url: Type.String(),
  askedFor,
  alias: nullable(Type.String()),
  headers: shownHeaders,
  timeoutMs: Type.Integer(),
  cacheSeconds: Type.Integer(),
  largestBytes: Type.Integer(),
  mostPerSecond: Type.Integer(),
  fallback: nullable(Type.Record(Type.String(), Type.Unknown())),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** Data feeds: addresses that are asked for data as messages are made. */
export const feedRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/dataFeeds',
    {
      schema: {
        tags,
        summary: 'The data feeds',
        response: { 200: Type.Object({ dataFeeds: Type.Array(feedAnswer) }) },
      },
    },
    async (request) => ({ dataFeeds: (await listFeeds(db, request.caller.project.id)).map(asAnswer) }),
  );
  api.post(
    '/api/dataFeeds',
    {
      schema: {
        tags,
        summary: 'Make a data feed',
        body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }), ...fields }),
        response: { 200: feedAnswer },
      },
    },
    async (request) => {
      const { body, caller } = request;
      const name = body.name.trim();
      const feed = await insertFeed(
        db,
        caller.project.id,
        { name, ...(await merged(context, body, null)) },
        clock.now(),
      );
      if (feed) return asAnswer(feed);
      throw new ApiError('Conflict', `name: there is a data feed “${name}” already; choose another name`, {
        field: 'name',
      });
    },
  );
  api.get(
    '/api/dataFeeds/:id',
    { schema: { tags, summary: 'One data feed', params, response: { 200: feedAnswer } } },
    async (request) => asAnswer(await requireFeed(db, request.caller.project.id, request.params.id)),
  );
  api.patch(
    '/api/dataFeeds/:id',
    {
      schema: {
        tags,
        summary: 'Change a data feed; messages that are made from now on follow',
        params,
        body: Type.Object({ ...fields, url: Type.Optional(fields.url) }),
        response: { 200: feedAnswer },
      },
    },
    async (request) => {
      const before = await requireFeed(db, request.caller.project.id, request.params.id);
      return asAnswer(await updateFeed(db, before, await merged(context, request.body, before), clock.now()));
    },
  );
  api.delete(
    '/api/dataFeeds/:id',
    {
      schema: {
        tags,
        summary: 'Delete a data feed; 409 while a template asks it',
        params,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const feed = await requireFeed(db, request.caller.project.id, request.params.id);
      const templates = await templatesWithFeed(db, feed);
      if (templates.length > 0)
        throw new ApiError(
          'InUse',
          `The data feed “${feed.name}” is asked by ${templates.map(({ id, name }) => `template ${id} (${name})`).join(', ')}; take it out of dataFeedIds there first`,
          { templateIds: templates.map(({ id }) => id) },
        );
      await deleteFeed(db, feed);
      return success('Data feed deleted');
    },
  );
  api.post(
    '/api/dataFeeds/:id/fetch',
    {
      schema: {
        tags,
        summary: 'Ask a data feed now, as for a person of these fields',
        params,
        body: Type.Object({ dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }),
        response: {
          200: Type.Object({
            url: Type.String({ description: 'As it was asked' }),
            ok: Type.Boolean(),
            fault: nullable(Type.String()),
            milliseconds: Type.Integer(),
            bytes: Type.Integer(),
            data: nullable(Type.Record(Type.String(), Type.Unknown())),
          }),
        },
      },
    },
    async (request) => {
      const feed = await requireFeed(db, request.caller.project.id, request.params.id);
      const profile = request.body.dataFields ?? {};
      const { url, answer, milliseconds } = await context.feeds.look(feed, templateData({ profile }), true);
      return 'data' in answer
        ? { url, ok: true, fault: null, milliseconds, bytes: answer.bytes, data: answer.data }
        : { url, ok: false, fault: answer.fault, milliseconds, bytes: 0, data: null };
    },
  );
};

type FeedCall = Partial<Static<ReturnType<typeof objectOfFields>>>;
const objectOfFields = () => Type.Object(fields);

/** What a call makes of a feed. @throws ApiError BadParams for an address that cannot be asked */
async function merged(
  { secrets, outbound }: Context,
  call: FeedCall,
  before: DataFeed | null,
): Promise<Omit<FeedFields, 'name'>> {
  const url = call.url?.trim() ?? before?.url ?? '';
  const asked = call.askedFor ?? before?.asked_for ?? (url.includes('{{') ? 'person' : 'everybody');
  if (call.url !== undefined || call.askedFor !== undefined) await requireAddress(outbound, url, asked);
  const headers = call.headers && requireHeaders('headers', call.headers, feedHeaders);
  requireSecretsAgain(before, url, headers !== undefined);
  const fault = storageFault(call.fallback);
  if (fault) throw new ApiError('BadParams', `fallback.${fault.path} ${fault.fault}`, { field: 'fallback' });
  const fallback = call.fallback === undefined ? (before?.fallback ?? null) : call.fallback;
  return {
    ...{ url, asked_for: asked },
    alias: call.alias === undefined ? (before?.alias ?? null) : call.alias,
    headers: headers ? sealHeaders(secrets, headers) : JSON.stringify(before?.headers ?? []),
    timeout_ms: call.timeoutMs ?? before?.timeout_ms ?? usual.timeout_ms,
    cache_seconds: call.cacheSeconds ?? before?.cache_seconds ?? usual.cache_seconds,
    largest_bytes: call.largestBytes ?? before?.largest_bytes ?? usual.largest_bytes,
    most_per_second: call.mostPerSecond ?? before?.most_per_second ?? usual.most_per_second,
    fallback: fallback === null ? null : JSON.stringify(fallback),
  };
}

/** Stored headers go nowhere but where they were given for. @throws ApiError BadParams where the address leads elsewhere */
function requireSecretsAgain(before: DataFeed | null, url: string, isGiven: boolean): void {
  if (before === null || isGiven || showHeaders(before.headers).length === 0) return;
  const originOf = (address: string) => URL.parse(fixedPart(address))?.origin;
  if (originOf(url) === originOf(before.url)) return;
  throw new ApiError(
    'BadParams',
    'url leads to another host than the stored headers were given for; give headers again with it, or [] for none',
    { field: 'headers' },
  );
}

/** @throws ApiError BadParams for an address that cannot be asked. */
async function requireAddress(
  outbound: Context['outbound'],
  url: string,
  asked: DataFeed['asked_for'],
): Promise<void> {
  const refuse = (fault: string) => new ApiError('BadParams', `url ${fault}`, { field: 'url' });
  if (asked === 'everybody' && url.includes('{{'))
    throw refuse('holds a field, and the feed is asked once for everybody; set askedFor to person');
  const wrong = addressFault(url);
  if (wrong !== null) throw refuse(wrong);
  const place = placeOfUrl(fixedPart(url));
  const fault = 'fault' in place ? place.fault : await outbound.check(place);
  if (fault !== null) throw refuse(fault);
}

async function requireFeed(db: Database, projectId: number, id: number): Promise<DataFeed> {
  const feed = await findFeed(db, projectId, id);
  if (feed) return feed;
  throw new ApiError('NotFound', `No data feed ${id} in this project; GET /api/dataFeeds lists them`, {
    field: 'id',
    value: id,
  });
}

function asAnswer(feed: DataFeed): Static<typeof feedAnswer> {
  const { id, name, url, alias, fallback, created_at, updated_at } = feed;
  return {
    ...{ id, name, url, askedFor: feed.asked_for, alias, headers: showHeaders(feed.headers) },
    ...{ timeoutMs: feed.timeout_ms, cacheSeconds: feed.cache_seconds },
    ...{ largestBytes: feed.largest_bytes, mostPerSecond: feed.most_per_second },
    fallback: fallback as Record<string, unknown> | null,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
