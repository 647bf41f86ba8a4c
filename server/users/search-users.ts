import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../database/lanes.ts';
import { loadUsers } from './find-users.ts';
import type { UserRef } from './identity.ts';
import type { User } from './user-row.ts';

/** A page of users and where the next one starts; `after` is null at the end. */
export interface UserPage {
  users: User[];
  after: string | null;
}

/**
 * Users whose email, userId, number or name starts with `query` (all when it is empty), by id. For people who
 * look: each lane is asked for a page and the first of them all are taken.
 */
export async function searchUsers(
  db: Database,
  projectId: number,
  query: string,
  after: number,
  limit: number,
): Promise<UserPage> {
  const text = query.trim().toLowerCase();
  const prefix = `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const digits = text.replaceAll(/[^\d]/g, '');
  const found: UserRef[] = [];
  for (const lane of lanes) {
    const { rows } = await sql<UserRef>`
      SELECT lane, id FROM users
      WHERE lane = ${lane} AND project_id = ${projectId} AND id > ${after} AND (${text === ''}
        OR email LIKE ${prefix} OR lower(external_id) LIKE ${prefix} OR lower(whatsapp_user_id) LIKE ${prefix}
        OR (${digits.length >= 3} AND phone_number LIKE ${`+${digits}%`})
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
