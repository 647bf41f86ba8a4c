import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { storageFault } from '../http/storable.ts';
import { here } from '../lanes/here.sql.ts';
import { laneOfKey } from '../lanes/lanes.ts';
import { closeAddressGate, shareAddressGates } from './address-gate.ts';
import { sendByLane } from './by-lane.ts';
import { phoneKey } from './phone-key.ts';

/** Where a user's rows are: its lane and its id. */
export interface UserRef {
  lane: number;
  id: number;
}

/** One of the ways to name a person. `phone` is E.164; `whatsAppUserId` is scoped to the business. */
export type UserKey = { email: string } | { userId: string } | { phone: string } | { whatsAppUserId: string };

/** Fields of a profile by which people are known: who changes them changes identities. */
export const identityFieldNames: readonly string[] = ['email', 'userId', 'phoneNumber', 'whatsAppUserId'];

/** An identity: values are normalised (email in lower case, phone E.164 as it was given). */
export interface Identity {
  kind: 'email' | 'externalId' | 'phone' | 'whatsApp';
  value: string;
}

/** An identity and the user it belongs to. */
export interface OwnedIdentity extends Identity {
  user: UserRef;
}

/** What an identity is matched by: the key of a phone, whatever its spelling; the value of all else. */
function matchedBy({ kind, value }: Identity): string {
  return kind === 'phone' ? phoneKey(value) : value;
}

/** One text for one identity, for maps; the same for all spellings of a phone. */
export function identityText(identity: Identity): string {
  return `${identity.kind}:${matchedBy(identity)}`;
}

/** The stored identity of a key; the email is folded to lower case, white space around is dropped. */
export function identityOfKey(key: UserKey): Identity {
  if ('email' in key) return { kind: 'email', value: key.email.trim().toLowerCase() };
  if ('userId' in key) return { kind: 'externalId', value: key.userId.trim() };
  if ('phone' in key) return { kind: 'phone', value: key.phone.trim() };
  return { kind: 'whatsApp', value: key.whatsAppUserId.trim() };
}

/** The lane in which it stands who has an identity. */
export const laneOfIdentity = (projectId: number) => (identity: Identity) =>
  laneOfKey(`${projectId}:${identityText(identity)}`);

/** What kind of identity an address is that messages went to. */
export function identityOfAddress(address: string): Identity {
  if (address.startsWith('+')) return { kind: 'phone', value: address };
  return { kind: address.includes('@') ? 'email' : 'whatsApp', value: address };
}

/**
 * Who holds these identities, by `identityText`, the oldest user first; those that belong to nobody are absent. Only
 * a phone may have several holders: a family shares one.
 */
export async function holdersOf(
  db: Database,
  projectId: number,
  identities: Iterable<Identity>,
): Promise<Map<string, UserRef[]>> {
  // What cannot be stored belongs to nobody; PostgreSQL would refuse to look for it, or find another.
  const storable = [...identities].filter(({ value }) => storageFault(value) === null);
  const distinct = new Map(storable.map((identity) => [identityText(identity), identity]));
  const holders = new Map<string, UserRef[]>();
  const answers = await sendByLane(
    db,
    distinct.values(),
    laneOfIdentity(projectId),
    (lane, group) => sql<Identity & UserRef>`
      SELECT i.kind, i.value, i.user_lane AS lane, i.user_id AS id
      FROM unnest(${group.map((row) => row.kind)}::text[], ${group.map(matchedBy)}::text[])
        AS wanted (kind, value)
      JOIN identity i ON i.lane = ${lane} AND i.project_id = ${projectId}
        AND i.kind = wanted.kind AND i.value = wanted.value`,
  );
  for (const { rows } of answers)
    for (const row of rows) {
      const text = identityText(row);
      const known = holders.get(text);
      if (known) known.push({ lane: row.lane, id: row.id });
      else holders.set(text, [{ lane: row.lane, id: row.id }]);
    }
  for (const users of holders.values()) if (users.length > 1) users.sort((a, b) => a.id - b.id);
  return holders;
}

/**
 * Gives identities to users: a phone besides those who have it, all else only where it belongs to nobody. Waits for
 * others who are claiming the same. Returns how many were taken: fewer than asked means that somebody else was first
 * with one. Until the transaction ends, no opt-out of these addresses looks for their holders (`closeAddressGate`).
 */
export async function claimIdentities(
  transaction: Database,
  projectId: number,
  claims: OwnedIdentity[],
): Promise<number> {
  const laneOf = laneOfIdentity(projectId);
  const ordered = claims
    .map((claim) => ({ ...claim, lane: laneOf(claim), matched: matchedBy(claim) }))
    .sort((a, b) => (a.kind === b.kind ? (a.matched < b.matched ? -1 : 1) : a.kind < b.kind ? -1 : 1));
  const gates = new Set(ordered.flatMap(({ kind, lane }) => (kind === 'externalId' ? [] : lane)));
  if (gates.size > 0)
    await shareAddressGates(
      transaction,
      [...gates].sort((a, b) => a - b),
    );
  const answers = await sendByLane(
    transaction,
    ordered,
    ({ lane }) => lane,
    (lane, group) => sql`
      INSERT INTO identity (lane, project_id, kind, value, user_lane, user_id)
      SELECT here.lane, ${projectId}::int, claim.*
      FROM ${here(lane)} CROSS JOIN unnest(${group.map((row) => row.kind)}::text[], ${group.map((row) => row.matched)}::text[],
        ${group.map((row) => row.user.lane)}::smallint[], ${group.map((row) => row.user.id)}::bigint[]) AS claim
      ON CONFLICT DO NOTHING RETURNING kind`,
  );
  return answers.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * Everybody who holds these addresses now and until the transaction ends: nobody gains one of them meanwhile. By
 * `identityText`, the oldest user first; of addresses that nobody has there is none.
 */
export async function lockedHoldersOf(
  transaction: Database,
  projectId: number,
  addresses: readonly string[],
): Promise<Map<string, UserRef[]>> {
  const identities = addresses.map(identityOfAddress);
  await closeAddressGates(transaction, projectId, identities);
  return holdersOf(transaction, projectId, identities);
}

/** Waits until nobody is gaining one of these identities; nobody does until the transaction ends. */
export async function closeAddressGates(
  transaction: Database,
  projectId: number,
  identities: readonly Identity[],
): Promise<void> {
  const lanes = identities.map(laneOfIdentity(projectId));
  for (const lane of [...new Set(lanes)].sort((a, b) => a - b)) await closeAddressGate(transaction, lane);
}

/**
 * Who has an address of this hash (`addressHash`), and the address as it is matched. One lane; it reads all of the
 * project's identities there.
 */
export async function holdersOfHash(
  db: Database,
  projectId: number,
  { hash, identityLane }: { hash: Buffer; identityLane: number },
): Promise<(UserRef & { value: string })[]> {
  const { rows } = await sql<UserRef & { value: string }>`
    SELECT user_lane AS lane, user_id AS id, value FROM identity
    WHERE lane = ${identityLane} AND project_id = ${projectId} AND kind <> 'externalId'
      AND sha256(convert_to(${`${projectId}:`} || value, 'UTF8')) = ${hash}`.execute(db);
  return rows;
}

/** Takes identities from the users who have them; what belongs to another by now stays. */
export async function releaseIdentities(
  transaction: Database,
  projectId: number,
  identities: OwnedIdentity[],
): Promise<void> {
  await sendByLane(
    transaction,
    identities,
    laneOfIdentity(projectId),
    (lane, group) => sql`
      DELETE FROM identity i
      USING unnest(${group.map((row) => row.kind)}::text[], ${group.map(matchedBy)}::text[],
        ${group.map((row) => row.user.id)}::bigint[]) AS gone (kind, value, user_id)
      WHERE i.lane = ${lane} AND i.project_id = ${projectId}
        AND i.kind = gone.kind AND i.value = gone.value AND i.user_id = gone.user_id`,
  );
}
