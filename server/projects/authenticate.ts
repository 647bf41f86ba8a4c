import type { FastifyRequest } from 'fastify';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { hashKey } from './api-key.ts';
import { callerOfSession } from './sign-in.ts';

/** A key looked up moments ago is not looked up again: a revoked key stops working within this time. */
const keptForMs = 5_000;

interface Kept {
  caller: Caller;
  until: number;
}

const keptCallers = new WeakMap<Context, Map<string, Kept>>();

/** Where Iterable takes a key from, the surest place first; its client sends the first, and case does not count. */
const keyHeaders = ['api-key', 'api_key'] as const;
const keyParameters = ['api_key', 'apiKey'];

/**
 * Who calls: by an API key (`keyOf`), else by the console's session cookie.
 * Throws `BadApiKey` (401) when neither is good and `ForbiddenKind` (403) when a read-only key would change
 * something.
 */
export async function authenticate(context: Context, request: FastifyRequest): Promise<Caller> {
  const key = keyOf(request);
  const caller = key !== null ? await callerOfKey(context, key) : await callerOfSession(context, request);
  if (!caller)
    throw new ApiError(
      'BadApiKey',
      'The header Api-Key is missing or unknown; send a key of this project in it (or, where you can send no header, as ?apiKey=)',
    );
  if (caller.access === 'readOnly' && request.method !== 'GET' && request.method !== 'HEAD')
    throw new ApiError(
      'ForbiddenKind',
      'This key may only read; use a server-side key for calls that change something',
    );
  return caller;
}

/**
 * The key of a request. One in the query becomes a header: it is no parameter of the call, must not reach a log or an answer, and is
 * found again where who calls is asked once more.
 */
function keyOf(request: FastifyRequest): string | null {
  const query = request.query as Record<string, unknown>;
  const given = [
    ...keyHeaders.map((name) => request.headers[name]),
    ...keyParameters.map((name) => query[name]),
  ];
  for (const name of keyParameters) delete query[name];
  const key = given.find((each): each is string => typeof each === 'string') ?? null;
  if (key !== null) request.headers[keyHeaders[0]] = key;
  return key;
}

async function callerOfKey(context: Context, key: string): Promise<Caller | null> {
  const kept = keptCallers.get(context) ?? new Map<string, Kept>();
  keptCallers.set(context, kept);
  const hash = hashKey(key).toString('base64');
  const now = context.clock.now().getTime();
  const known = kept.get(hash);
  if (known && known.until > now) return known.caller;
  const row = await context.db
    .selectFrom('api_key')
    .innerJoin('project', 'project.id', 'api_key.project_id')
    .select([
      'api_key.id as keyId',
      'api_key.name as keyName',
      'kind',
      'project.id',
      'project.name',
      'brand',
      'default_country',
      'time_zone',
    ])
    .where('hash', '=', hashKey(key))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  kept.delete(hash);
  if (!row) return null;
  const caller: Caller = {
    project: {
      id: row.id,
      name: row.name,
      brand: row.brand,
      defaultCountry: row.default_country,
      timeZone: row.time_zone,
    },
    access: row.kind,
    name: `key ${row.keyName}`,
  };
  kept.set(hash, { caller, until: now + keptForMs });
  await context.db
    .updateTable('api_key')
    .set({ last_used_at: context.clock.now() })
    .where('id', '=', row.keyId)
    .execute();
  return caller;
}
