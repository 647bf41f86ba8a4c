import { sql } from 'kysely';
import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { Database } from '../database/connect.ts';
import { lanes } from '../database/lanes.ts';
import { loadUsers } from './find-users.ts';
import type { UserRef } from './identity.ts';
import { parsePhoneNumber } from './phone-number.ts';
import type { User } from './user-row.ts';

/** A page of users and where the next one starts; `after` is null at the end. */
export interface UserPage {
  users: User[];
  after: string | null;
}

/**
 * Users whose email, userId, number or name starts with `query` (all when it is empty), by id. A number may be
 * written as people write it, with or without its country code: `defaultCountry` tells it then. For people who
 * look: each lane is asked for a page and the first of them all are taken.
 */
export async function searchUsers(
  db: Database,
  projectId: number,
  defaultCountry: string,
  query: string,
  after: number,
  limit: number,
): Promise<UserPage> {
  const text = query.trim().toLowerCase();
  const prefix = `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const numbers = startsOfNumber(text, defaultCountry).map((start) => `${start}%`);
  const found: UserRef[] = [];
  for (const lane of lanes) {
    const { rows } = await sql<UserRef>`
      SELECT lane, id FROM users
      WHERE lane = ${lane} AND project_id = ${projectId} AND id > ${after} AND (${text === ''}
        OR email LIKE ${prefix} OR lower(external_id) LIKE ${prefix} OR lower(whatsapp_user_id) LIKE ${prefix}
        OR phone_number LIKE ANY(${numbers}::text[])
        OR lower(data_fields->>'firstName') LIKE ${prefix} OR lower(data_fields->>'lastName') LIKE ${prefix}
        OR lower(data_fields->>'name') LIKE ${prefix}
        OR lower(concat(data_fields->>'firstName', ' ', data_fields->>'lastName')) LIKE ${prefix})
      ORDER BY id LIMIT ${limit + 1}`.execute(db);
    found.push(...rows);
  }
  found.sort((a, b) => a.id - b.id);
  const page = found.slice(0, limit);
  const users = await loadUsers(db, projectId, page);
  return {
    users: page.flatMap((ref) => users.get(ref.id) ?? []),
    after: found.length > limit ? String(page.at(-1)?.id) : null,
  };
}

/** How the E.164 numbers begin that a text may be the start of; none for a text with too few digits to tell. */
function startsOfNumber(text: string, defaultCountry: string): string[] {
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length < 3) return [];
  const code = isSupportedCountry(defaultCountry) ? getCountryCallingCode(defaultCountry) : null;
  const whole = parsePhoneNumber(text, defaultCountry);
  return [
    `+${digits}`,
    // Within the country, without the 0 that many countries write before the area.
    ...(code !== null && !text.startsWith('+') ? [`+${code}${digits.replace(/^0/, '')}`] : []),
    ...(whole.ok ? [whole.e164] : []),
  ];
}
