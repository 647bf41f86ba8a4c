import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** Gives users whose rows a test wrote by hand the addresses of their profiles, as `insertUsers` does. */
export async function giveProfileAddresses(db: Database): Promise<void> {
  await sql`
    INSERT INTO address (lane, project_id, user_id, kind, value, added_at)
    SELECT u.lane, u.project_id, u.id, each.kind, each.value, u.signed_up_at FROM users u
    CROSS JOIN LATERAL (VALUES ('phone', u.phone_number), ('whatsApp', u.whatsapp_user_id), ('email', u.email))
      AS each (kind, value)
    WHERE each.value IS NOT NULL ON CONFLICT DO NOTHING`.execute(db);
}
