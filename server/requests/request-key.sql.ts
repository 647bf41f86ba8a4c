import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { fingerprintOf, keyConflict } from '../http/idempotency.ts';
import { laneOfKey } from '../lanes/lanes.ts';

/** A caller's own name for a request, as it is stored, with the hash of what was asked under it. */
export interface RequestKey {
  projectId: number;
  key: string;
  fingerprint: string;
}

/** The key of a request for what is `asked`; null where its caller gave none. `key` is as it is stored. */
export function requestKey(projectId: number, key: string | null, asked: unknown): RequestKey | null {
  return key === null ? null : { projectId, key, fingerprint: fingerprintOf(asked) };
}

/** A request that was made under a key, with its message where it was for one person. */
export interface KeyedRequest {
  requestId: number;
  message: { lane: number; id: number } | null;
}

/** The request made before under this key, null for none. Throws `Conflict` when something else was asked. */
export async function findByKey(db: Database, asked: RequestKey): Promise<KeyedRequest | null> {
  const row = await db
    .selectFrom('request_key')
    .select(['fingerprint', 'request_id', 'message_lane', 'message_id'])
    .where('lane', '=', laneOf(asked))
    .where('project_id', '=', asked.projectId)
    .where('key', '=', asked.key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.fingerprint !== asked.fingerprint) throw keyConflict();
  const { request_id: requestId, message_lane: lane, message_id: id } = row;
  return { requestId, message: lane === null || id === null ? null : { lane, id } };
}

/**
 * Keeps a request's key, in the transaction that makes the request. False when another came first under the same
 * key, for whose commit it waits: the caller is to make nothing.
 */
export async function keepKey(
  transaction: Database,
  asked: RequestKey,
  { requestId, message }: KeyedRequest,
): Promise<boolean> {
  const { rows } = await sql<{ lane: number }>`
    INSERT INTO request_key (lane, project_id, key, fingerprint, request_id, message_lane, message_id)
    VALUES (${laneOf(asked)}, ${asked.projectId}, ${asked.key}, ${asked.fingerprint}, ${requestId},
      ${message?.lane ?? null}, ${message?.id ?? null})
    ON CONFLICT (lane, project_id, key) DO NOTHING RETURNING lane`.execute(transaction);
  return rows.length > 0;
}

/** Takes the number of a request for one person. */
export async function takeRequestId(db: Database): Promise<number> {
  const { rows } = await sql<{ id: number }>`SELECT nextval('send_request_id_seq') AS id`.execute(db);
  if (!rows[0]) throw new Error('the database gave no id');
  return rows[0].id;
}

const laneOf = ({ projectId, key }: RequestKey): number => laneOfKey(`${projectId} ${key}`);
