import { sql } from 'kysely';
import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { Database } from '../database/connect.ts';
import { lanes } from '../lanes/lanes.ts';
import { findHolders, loadUsers } from '../users/find-users.ts';
import type { UserRef } from '../users/identity.ts';
import { parsePhoneNumber } from '../users/phone-number.ts';
import { folded } from '../users/search-text.ts';
import type { User } from '../users/user-row.ts';

/** Who is looked for. */
export interface PeopleQuery {
  /** Words of name, email or ids, in any case and without accents, or a number as people write it. */
  text: string;
  /** Only those on this list. */
  listId?: number | undefined;
  /** Only those who stand so with this message type; with its channel closed nobody is subscribed. */
  standing?: { messageTypeId: number; status: 'subscribed' | 'pending' | 'unsubscribed' } | undefined;
  order: PeopleOrder;
  offset: number;
  limit: number;
}

const orders = {
  name: sql`search_text COLLATE "C", id`,
  '-name': sql`search_text COLLATE "C" DESC, id DESC`,
  since: sql`signed_up_at, id`,
  '-since': sql`signed_up_at DESC, id DESC`,
  changed: sql`updated_at, id`,
  '-changed': sql`updated_at DESC, id DESC`,
};

/** By name, by when they came, by when they last changed; with - before it the other way round. */
export type PeopleOrder = keyof typeof orders;
/** All orders. */
export const peopleOrders = Object.keys(orders) as PeopleOrder[];

/** A page of the people who match, and how many match in all. For whoever looks: it reads the whole project. */
export async function findPeople(
  db: Database,
  project: { id: number; defaultCountry: string },
  { text, listId, standing, order, offset, limit }: PeopleQuery,
): Promise<{ people: User[]; total: number }> {
  const words = folded(text).split(' ').filter(Boolean);
  const starts = startsOfNumber(text.trim(), project.defaultCountry);
  const numbers = starts.map((start) => `${start}%`);
  // Who has a whole number is found by any spelling of it.
  const holders = (
    await findHolders(
      db,
      project.id,
      starts.map((phone) => ({ phone })),
    )
  ).flat();
  const onList = sql`EXISTS (SELECT 1 FROM list_member m
    WHERE m.lane = u.lane AND m.list_id = ${listId ?? 0} AND m.user_id = u.id)`;
  const matches = sql`
    FROM users u
    WHERE u.lane = ANY(${lanes}::smallint[]) AND u.project_id = ${project.id}
      AND (u.search_text LIKE ALL(${words.map(anywhere)}::text[]) OR u.phone_number LIKE ANY(${numbers}::text[])
        OR u.id = ANY(${holders.map(({ id }) => id)}::bigint[]))
      AND ${listId === undefined ? sql`true` : onList}
      AND ${standing ? standsSo(project.id, standing) : sql`true`}`;
  const { rows: counted } = await sql<{ total: number }>`SELECT count(*) AS total ${matches}`.execute(db);
  const { rows } = await sql<UserRef>`
    SELECT lane, id ${matches} ORDER BY ${orders[order]} LIMIT ${limit} OFFSET ${offset}`.execute(db);
  const users = await loadUsers(db, project.id, rows);
  return { people: rows.flatMap((ref) => users.get(ref.id) ?? []), total: counted[0]?.total ?? 0 };
}

function standsSo(projectId: number, { messageTypeId, status }: NonNullable<PeopleQuery['standing']>) {
  const channelOf = sql`(SELECT channel_id FROM message_type WHERE id = ${messageTypeId})`;
  const row = (kind: 'channel' | 'messageType', target: unknown, stands: string) => sql`EXISTS (
    SELECT 1 FROM subscription s WHERE s.lane = u.lane AND s.user_id = u.id AND s.project_id = ${projectId}
      AND s.kind = ${kind} AND s.target_id = ${target} AND s.status = ${stands})`;
  const ofType = row('messageType', messageTypeId, status);
  const channelClosed = row('channel', channelOf, 'unsubscribed');
  return status === 'unsubscribed'
    ? sql`(${ofType} OR ${channelClosed})`
    : sql`${ofType} AND NOT ${channelClosed}`;
}

const anywhere = (word: string) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** How the E.164 numbers begin that a text may be the start of; none for a text with too few digits to tell. */
function startsOfNumber(text: string, defaultCountry: string): string[] {
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length < 3 || /\p{L}/u.test(text)) return [];
  const code = isSupportedCountry(defaultCountry) ? getCountryCallingCode(defaultCountry) : null;
  const whole = parsePhoneNumber(text, defaultCountry);
  return [
    `+${digits}`,
    // Within the country, without the 0 that many countries write before the area.
    ...(code !== null && !text.startsWith('+') ? [`+${code}${digits.replace(/^0/, '')}`] : []),
    ...(whole.ok ? [whole.e164] : []),
  ];
}
