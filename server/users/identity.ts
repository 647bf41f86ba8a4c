import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { laneOfKey } from '../database/lanes.ts';
import { storageFault } from '../http/storable.ts';
import { eachLane } from './by-lane.ts';

/** Where a user's rows are: its lane and its id. */
export interface UserRef {
  lane: number;
  id: number;
}

/** One of the ways to name a person. `phone` is E.164; `whatsAppUserId` is scoped to the business. */
export type UserKey = { email: string } | { userId: string } | { phone: string } | { whatsAppUserId: string };

/** An identity as it is stored: values are normalised (email in lower case, phone E.164). */
export interface Identity {
  kind: 'email' | 'externalId' | 'phone' | 'whatsApp';
  value: string;
}

/** An identity and the user it belongs to. */
export interface OwnedIdentity extends Identity {
  user: UserRef;
}

/** One text for one identity, for maps. */
export function identityText(identity: Identity): string {
  return `${identity.kind}:${identity.value}`;
}

/** The stored identity of a key; the email is folded to lower case, white space around is dropped. */
export function identityOfKey(key: UserKey): Identity {
  if ('email' in key) return { kind: 'email', value: key.email.trim().toLowerCase() };
  if ('userId' in key) return { kind: 'externalId', value: key.userId.trim() };
  if ('phone' in key) return { kind: 'phone', value: key.phone.trim() };
  return { kind: 'whatsApp', value: key.whatsAppUserId.trim() };
}

const laneOfIdentity = (projectId: number) => (identity: Identity) =>
  laneOfKey(`${projectId}:${identityText(identity)}`);

/** The owners of these identities by `identityText`; those that belong to nobody are absent. */
export async function findOwners(
  db: Database,
  projectId: number,
  identities: Iterable<Identity>,
): Promise<Map<string, UserRef>> {
  // What cannot be stored belongs to nobody; PostgreSQL would refuse to look for it, or find another.
  const storable = [...identities].filter(({ value }) => storageFault(value) === null);
  const distinct = new Map(storable.map((identity) => [identityText(identity), identity]));
  const owners = new Map<string, UserRef>();
  await eachLane(distinct.values(), laneOfIdentity(projectId), async (lane, group) => {
    const { rows } = await sql<Identity & UserRef>`
      SELECT i.kind, i.value, i.user_lane AS lane, i.user_id AS id
      FROM unnest(${group.map((row) => row.kind)}::text[], ${group.map((row) => row.value)}::text[])
        AS wanted (kind, value)
      JOIN identity i ON i.lane = ${lane} AND i.project_id = ${projectId}
        AND i.kind = wanted.kind AND i.value = wanted.value`.execute(db);
    for (const row of rows) owners.set(identityText(row), { lane: row.lane, id: row.id });
  });
  return owners;
}

/**
 * Gives identities that belong to nobody to users. Waits for others who are claiming the same. Returns how many
 * were taken: fewer than asked means that somebody else was first with one.
 */
export async function claimIdentities(
  transaction: Database,
  projectId: number,
  claims: OwnedIdentity[],
): Promise<number> {
  const taken = await eachLane(claims, laneOfIdentity(projectId), async (lane, group) => {
    group.sort((a, b) => (identityText(a) < identityText(b) ? -1 : 1));
    const result = await sql`
      INSERT INTO identity (lane, project_id, kind, value, user_lane, user_id)
      SELECT ${lane}, ${projectId}, claim.*
      FROM unnest(${group.map((row) => row.kind)}::text[], ${group.map((row) => row.value)}::text[],
        ${group.map((row) => row.user.lane)}::smallint[], ${group.map((row) => row.user.id)}::bigint[]) AS claim
      ON CONFLICT (lane, project_id, kind, value) DO NOTHING`.execute(transaction);
    return Number(result.numAffectedRows ?? 0);
  });
  return taken.reduce((sum, count) => sum + count, 0);
}

/** Takes identities from the users who have them; what belongs to another by now stays. */
export async function releaseIdentities(
  transaction: Database,
  projectId: number,
  identities: OwnedIdentity[],
): Promise<void> {
  await eachLane(identities, laneOfIdentity(projectId), async (lane, group) => {
    await sql`
      DELETE FROM identity i
      USING unnest(${group.map((row) => row.kind)}::text[], ${group.map((row) => row.value)}::text[],
        ${group.map((row) => row.user.id)}::bigint[]) AS gone (kind, value, user_id)
      WHERE i.lane = ${lane} AND i.project_id = ${projectId}
        AND i.kind = gone.kind AND i.value = gone.value AND i.user_id = gone.user_id`.execute(transaction);
  });
}
