import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { VerificationTable } from '../database/tables/verifications.ts';
import type { Medium } from '../medium/media.ts';
import { sendByLane } from '../users/by-lane.ts';
import { findHolders } from '../users/find-users.ts';
import type { UserRef } from '../users/identity.ts';
import type { Profile } from './profiles.sql.ts';

/** A code that was sent to somebody, as its row has it. */
export type Verification = Selectable<VerificationTable>;

/** Of two calls at once for one person the second waits, and sees what the first has done. False where the person is gone. */
export async function lockPerson(transaction: Database, { lane, id }: UserRef): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM users WHERE lane = ${lane} AND id = ${id} FOR UPDATE`.execute(
    transaction,
  );
  return rows.length > 0;
}

/** What was sent to a person at a number since then, the newest first; whoever else would change it waits. */
export function lockNewest(db: Database, user: UserRef, hash: Buffer, since: Date): Promise<Verification[]> {
  return db
    .selectFrom('verification')
    .selectAll()
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('begun_at', '>', since)
    .where('address_hash', '=', hash)
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .forUpdate()
    .execute();
}

/** Notes that the code is sent once more, by this message. */
export function noteSentAgain(
  transaction: Database,
  { lane, id, sent_by: sentBy }: Verification,
  { medium, messageId, locale, now }: { medium: Medium; messageId: number; locale: string | null; now: Date },
): Promise<Verification> {
  return transaction
    .updateTable('verification')
    .set({
      ...{ message_id: messageId, sent_by: [...sentBy, medium], locale },
      sent_at: sql`sent_at || ${now}::timestamptz`,
    })
    .where('lane', '=', lane)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Makes a code for a person at the number of this hash. */
export async function insertVerification(
  transaction: Database,
  profile: Profile,
  user: UserRef,
  made: {
    hash: Buffer;
    medium: Medium;
    messageId: number;
    isNewcomer: boolean;
    locale: string | null;
    now: Date;
  },
): Promise<Verification> {
  const { hash, medium, messageId, isNewcomer, locale, now } = made;
  const { rows } = await sql<{ id: number }>`SELECT nextval('verification_id_seq') AS id`.execute(
    transaction,
  );
  return transaction
    .insertInto('verification')
    .values({
      ...{ lane: user.lane, id: rows[0]?.id ?? 0, user_id: user.id },
      ...{ project_id: profile.project_id, profile_id: profile.id, address_hash: hash },
      ...{ state: 'open', seed: randomBytes(18).toString('base64'), digits: profile.code_length },
      ...{ sent_by: [medium], message_id: messageId, is_newcomer: isNewcomer, locale },
      ...{ sent_at: [now], begun_at: now, ended_at: null },
      expires_at: new Date(now.getTime() + profile.lives_seconds * 1_000),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The code that a message brought and that can still be checked, with the address it went to; undefined for none. */
export async function findFailed(
  transaction: Database,
  lane: number,
  messageId: number,
  now: Date,
): Promise<{ verification: Verification; toAddress: string | null } | undefined> {
  const verification = await transaction
    .selectFrom('verification')
    .selectAll()
    .where('lane', '=', lane)
    .where('message_id', '=', messageId)
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
  if (!verification) return undefined;
  const message = await transaction
    .selectFrom('message')
    .select('to_address')
    .where('lane', '=', lane)
    .where('id', '=', messageId)
    .executeTakeFirst();
  return { verification, toAddress: message?.to_address ?? null };
}

/** Whether a code of the project may go by another medium where one fails. */
export async function profilesWithSeveralChannels(db: Database, projectId: number): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM verification_profile WHERE project_id = ${projectId} AND cardinality(channels) > 1 LIMIT 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** A project as its codes name it. */
export const projectOfCodes = (db: Database, projectId: number) =>
  db
    .selectFrom('project')
    .select(['id', 'brand', 'name'])
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();

/** A project's channels for what people need, the oldest first. */
export function transactionalChannels(db: Database, projectId: number) {
  return db
    .selectFrom('channel')
    .select(['id', 'medium'])
    .where('project_id', '=', projectId)
    .where('purpose', '=', 'transactional')
    .orderBy('id')
    .execute();
}

/** The channels that anybody who has the number has opted out of. */
export async function endedChannels(db: Database, projectId: number, e164: string): Promise<Set<number>> {
  const [holders = []] = await findHolders(db, projectId, [{ phone: e164 }]);
  const answers = await sendByLane(
    db,
    holders,
    ({ lane }) => lane,
    (lane, users) => sql<{ id: number }>`
      SELECT target_id AS id FROM subscription WHERE lane = ${lane} AND kind = 'channel' AND status = 'unsubscribed'
        AND user_id = ANY (${users.map(({ id }) => id)}::bigint[])`,
  );
  return new Set(answers.flatMap(({ rows }) => rows.map(({ id }) => id)));
}

/** The code that was last sent to a person at a number, while it can be checked; locked, so that of two checks at once one comes first. */
export function lockOpen(
  transaction: Database,
  profile: Profile,
  user: UserRef,
  hash: Buffer,
  now: Date,
): Promise<Verification | undefined> {
  return transaction
    .selectFrom('verification')
    .selectAll()
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('address_hash', '=', hash)
    .where('profile_id', '=', profile.id)
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .orderBy('begun_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

/** Ends a code: it can be checked no more. */
export async function endVerification(
  transaction: Database,
  { lane, id }: Verification,
  state: Verification['state'],
  tries: number,
  now: Date,
): Promise<void> {
  await transaction
    .updateTable('verification')
    .set({ state, tries, ended_at: now })
    .where('lane', '=', lane)
    .where('id', '=', id)
    .execute();
}

/** Notes how many wrong codes were tried. */
export async function noteTries(
  transaction: Database,
  { lane, id }: Verification,
  tries: number,
): Promise<void> {
  await sql`UPDATE verification SET tries = ${tries} WHERE lane = ${lane} AND id = ${id}`.execute(
    transaction,
  );
}
