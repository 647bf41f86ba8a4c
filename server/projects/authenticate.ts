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

/**
 * Who calls: by the header `Api-Key` (as Iterable's client sends it), else by the console's session cookie.
 * Throws `BadApiKey` (401) when neither is good and `ForbiddenKind` (403) when a read-only key would change
 * something.
 */
export async function authenticate(context: Context, request: FastifyRequest): Promise<Caller> {
  const key = request.headers['api-key'];
  const caller =
    typeof key === 'string' ? await callerOfKey(context, key) : await callerOfSession(context, request);
  if (!caller)
    throw new ApiError(
      'BadApiKey',
      'The header Api-Key is missing or unknown; send a key of this project in it',
    );
  if (caller.access === 'readOnly' && request.method !== 'GET' && request.method !== 'HEAD')
    throw new ApiError(
      'ForbiddenKind',
      'This key may only read; use a server-side key for calls that change something',
    );
  return caller;
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
