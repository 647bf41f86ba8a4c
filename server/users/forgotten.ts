import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { here } from '../lanes/here.sql.ts';
import { lanes } from '../lanes/lanes.ts';
import { addressHash, laneOfHash } from './address-hash.ts';
import { eachLane } from './by-lane.ts';
import { type Identity, identityText } from './identity.ts';
import type { PreparedUpdate, RowRefusal } from './prepare-update.ts';

const fieldOfKind = {
  email: 'email',
  externalId: 'userId',
  phone: 'phoneNumber',
  whatsApp: 'whatsAppUserId',
} as const;

interface Hashed {
  identity: Identity;
  hash: Buffer;
}

const hashed = (projectId: number, identities: readonly Identity[]): Hashed[] =>
  [...new Map(identities.map((identity) => [identityText(identity), identity])).values()].map((identity) => ({
    identity,
    hash: addressHash(projectId, identityText(identity)),
  }));
const laneOf = ({ hash }: Hashed) => laneOfHash(hash);

/** Notes that the person of these identities asked to be forgotten. Nothing but hashes is kept. */
export async function noteForgotten(
  transaction: Database,
  projectId: number,
  identities: readonly Identity[],
  at: Date,
): Promise<void> {
  const person = randomUUID();
  await eachLane(hashed(projectId, identities), laneOf, async (lane, rows) => {
    await sql`
      INSERT INTO forgotten_identity (lane, project_id, kind, hash, told_hash, person, forgotten_at)
      SELECT here.lane, ${projectId}::int, f.kind, f.hash, f.told_hash, ${person}::uuid, ${at}::timestamptz
      FROM ${here(lane)} CROSS JOIN unnest(${rows.map((row) => row.identity.kind)}::text[], ${rows.map((row) => row.hash)}::bytea[],
        ${rows.map((row) => toldHash(row.identity))}::bytea[]) AS f (kind, hash, told_hash)
      ON CONFLICT (lane, project_id, hash) DO UPDATE SET person = excluded.person`.execute(transaction);
  });
}

/** As Iterable tells it: trimmed, in lower case, SHA-256; it tells of emails and userIds. */
function toldHash({ kind, value }: Identity): Buffer | null {
  if (kind !== 'email' && kind !== 'externalId') return null;
  return createHash('sha256').update(value.trim().toLowerCase()).digest();
}

/** Which of these identities are forgotten ones, by `identityText`. */
export async function forgottenAmong(
  db: Database,
  projectId: number,
  identities: readonly Identity[],
): Promise<Set<string>> {
  const forgotten = new Set<string>();
  if (identities.length === 0 || !(await anyForgotten(db, projectId))) return forgotten;
  await eachLane(hashed(projectId, identities), laneOf, async (lane, asked) => {
    const { rows } = await sql<{ hash: Buffer }>`
      SELECT hash FROM forgotten_identity WHERE lane = ${lane} AND project_id = ${projectId}
        AND hash = ANY(${asked.map((each) => each.hash)}::bytea[])`.execute(db);
    const found = new Set(rows.map((row) => row.hash.toString('hex')));
    for (const { identity, hash } of asked)
      if (found.has(hash.toString('hex'))) forgotten.add(identityText(identity));
  });
  return forgotten;
}

/** Most projects have none: one look over all lanes spares a look in each. */
async function anyForgotten(db: Database, projectId: number): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    SELECT EXISTS (SELECT 1 FROM forgotten_identity
      WHERE lane = ANY(${lanes}::smallint[]) AND project_id = ${projectId}) AS any`.execute(db);
  return rows[0]?.any ?? false;
}

/**
 * Why an update is refused that means somebody forgotten; null for all others. An email or userId means its person.
 * A number or WhatsApp id passes to others: it means the one who was forgotten only where nothing else is named and
 * nobody has it now (`isKnown`).
 */
export function forgottenRefusal(
  { identities }: Pick<PreparedUpdate, 'identities'>,
  forgotten: ReadonlySet<string>,
  isKnown: boolean,
): RowRefusal | null {
  if (forgotten.size === 0) return null;
  const names = identities.filter(({ kind }) => kind === 'email' || kind === 'externalId');
  const tested = names.length > 0 ? names : isKnown ? [] : identities;
  const found = tested.find((identity) => forgotten.has(identityText(identity)));
  if (!found) return null;
  const field = fieldOfKind[found.kind];
  const reason = `${field} belongs to somebody who was forgotten; if they are to be kept again, call POST /api/users/unforget first`;
  return { ok: false, code: 'ForgottenUserError', field, value: found.value, reason };
}

/** @throws ApiError ForgottenUserError when this identity is a forgotten one. */
export async function refuseForgotten(db: Database, projectId: number, identity: Identity): Promise<void> {
  const forgotten = await forgottenAmong(db, projectId, [identity]);
  const refusal = forgottenRefusal({ identities: [identity] }, forgotten, false);
  if (refusal)
    throw new ApiError(refusal.code, refusal.reason, { field: refusal.field, value: refusal.value });
}

/** Takes back that the person of this identity is forgotten, with all that named them. False when nobody was. */
export async function unforget(db: Database, projectId: number, identity: Identity): Promise<boolean> {
  const [one] = hashed(projectId, [identity]);
  const found = await db
    .selectFrom('forgotten_identity')
    .select('person')
    .where('lane', '=', laneOf(one!))
    .where('project_id', '=', projectId)
    .where('hash', '=', one!.hash)
    .executeTakeFirst();
  if (!found) return false;
  await sql`
    DELETE FROM forgotten_identity
    WHERE lane = ANY(${lanes}::smallint[]) AND project_id = ${projectId} AND person = ${found.person}`.execute(
    db,
  );
  return true;
}

/** The hashes of all forgotten emails or userIds of a project, as Iterable tells them (hexadecimal). */
export async function listForgotten(
  db: Database,
  projectId: number,
  kind: 'email' | 'externalId',
): Promise<string[]> {
  const { rows } = await sql<{ told: string }>`
    SELECT DISTINCT encode(told_hash, 'hex') AS told FROM forgotten_identity
    WHERE lane = ANY(${lanes}::smallint[]) AND project_id = ${projectId} AND kind = ${kind}
    ORDER BY told`.execute(db);
  return rows.map((row) => row.told);
}
