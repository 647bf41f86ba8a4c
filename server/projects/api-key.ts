import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../database/connect.ts';

/** What a key may do: `server` everything, `readOnly` only look. */
export type KeyKind = 'server' | 'readOnly';

/** How a key is stored and looked up: its SHA-256 (a key is random enough to need no salt). */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** A new key: 32 random bytes as 64 hexadecimal digits. */
export function newKey(): string {
  return randomBytes(32).toString('hex');
}

/** Stores a key; only its hash and first characters are kept. Returns its id. */
export async function insertKey(
  db: Database,
  key: { projectId: number; name: string; kind: KeyKind; key: string; at: Date },
): Promise<number> {
  const row = await db
    .insertInto('api_key')
    .values({
      project_id: key.projectId,
      name: key.name,
      kind: key.kind,
      hash: hashKey(key.key),
      prefix: key.key.slice(0, 6),
      created_at: key.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
