import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { laneOfKey, lanes } from '../lanes/lanes.ts';
import { findHolders } from './find-users.ts';
import { holdersOf, type Identity, identityText, type UserRef } from './identity.ts';
import { phoneKey } from './phone-key.ts';

const laneOf = (projectId: number, knownAs: string): number => laneOfKey(`${projectId}:phone:${knownAs}`);

/**
 * Keeps by what number WhatsApp knows the account behind one that we wrote to, by Meta's own word, where the two are
 * no spellings of one line by our rules. Numbers are E.164.
 */
export async function noteWhatsAppNumber(
  db: Database,
  projectId: number,
  phone: string,
  knownAs: string,
  at: Date,
): Promise<void> {
  const [ours, theirs] = [phoneKey(phone), phoneKey(knownAs)];
  if (ours === theirs) return;
  await sql`
    INSERT INTO whatsapp_number (lane, project_id, known_as, phone, told_at)
    VALUES (${laneOf(projectId, theirs)}, ${projectId}, ${theirs}, ${ours}, ${at}::timestamptz)
    ON CONFLICT (lane, project_id, known_as, phone) DO UPDATE SET told_at = excluded.told_at`.execute(db);
}

/** Who is reached at a number: those who have it, and on WhatsApp those it is another name for; the oldest first. */
export interface Reached {
  holders: UserRef[];
  /** Reached by the number's other name on WhatsApp alone. */
  byOtherName: UserRef[];
}

/** Everybody who is reached at a number that a network names. */
export async function reachedAt(db: Database, projectId: number, phone: string): Promise<Reached> {
  const key = phoneKey(phone);
  const rows = await db
    .selectFrom('whatsapp_number')
    .select('phone')
    .where('lane', '=', laneOf(projectId, key))
    .where('project_id', '=', projectId)
    .where('known_as', '=', key)
    .execute();
  const [holders = [], ...others] = await findHolders(db, projectId, [
    { phone },
    ...rows.map((row) => ({ phone: row.phone })),
  ]);
  const known = new Set(holders.map(({ id }) => id));
  const byOtherName = others.flat().filter(({ id }) => !known.has(id));
  return { holders, byOtherName: byOtherName.sort((a, b) => a.id - b.id) };
}

/** Forgets what WhatsApp calls numbers that nobody has any more. To be called after their identities were released. */
export async function forgetWhatsAppNumbers(
  transaction: Database,
  projectId: number,
  phones: readonly string[],
): Promise<void> {
  if (phones.length === 0) return;
  const identities = phones.map((value): Identity => ({ kind: 'phone', value }));
  const held = await holdersOf(transaction, projectId, identities);
  const free = identities.filter((identity) => !held.has(identityText(identity)));
  await sql`
    DELETE FROM whatsapp_number WHERE lane = ANY(${lanes}::smallint[]) AND project_id = ${projectId}
      AND phone = ANY(${free.map(({ value }) => phoneKey(value))}::text[])`.execute(transaction);
}
